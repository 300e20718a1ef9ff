import { z } from 'zod'

const arn = z.string().min(1).max(256)
const paged = {
  maxResults: z.int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(3096).optional(),
}
const token = z.string().min(1).max(2048)
const error = z.string().max(256).optional()
const cause = z.string().max(32_768).optional()
const includedData = z.enum(['ALL_DATA', 'METADATA_ONLY']).optional()

/** The body of StartExecution. */
export const startExecution = z.object({
  stateMachineArn: arn,
  name: z.string().min(1).max(80).optional(),
  input: z.string().optional(),
})

/** The body of StopExecution. */
export const stopExecution = z.object({ executionArn: arn, error, cause })

/** The body of DescribeExecution. */
export const describeExecution = z.object({ executionArn: arn, includedData })

/** The body of ListExecutions. */
export const listExecutions = z.object({
  stateMachineArn: arn,
  statusFilter: z
    .enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'])
    .optional(),
  ...paged,
})

/** The body of GetExecutionHistory. */
export const getExecutionHistory = z.object({
  executionArn: arn,
  reverseOrder: z.boolean().optional(),
  includeExecutionData: z.boolean().optional(),
  ...paged,
})

/** The body of SendTaskSuccess. */
export const sendTaskSuccess = z.object({ taskToken: token, output: z.string() })

/** The body of SendTaskFailure. */
export const sendTaskFailure = z.object({ taskToken: token, error, cause })

/** The body of SendTaskHeartbeat. */
export const sendTaskHeartbeat = z.object({ taskToken: token })

/** The body of DescribeStateMachine. */
export const describeStateMachine = z.object({ stateMachineArn: arn, includedData })

/** The body of ListStateMachineVersions. */
export const listStateMachineVersions = z.object({ stateMachineArn: arn, ...paged })
