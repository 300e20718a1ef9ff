import { z } from 'zod'

/** What CloudFormation asks of a custom resource's function, as far as it is needed here. */
export const DeployRequest = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  /** Presigned: the answer is put there. */
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: z.object({
    Workflow: z.string(),
    Log: z.string(),
    Tag: z.string(),
  }),
})
export type DeployRequest = z.infer<typeof DeployRequest>

/** Tells CloudFormation that the images are there, or why not. Throws when it does not listen. */
export const answerRequest = async (request: DeployRequest, error?: string): Promise<void> => {
  const { ResponseURL, StackId, RequestId, LogicalResourceId, ResourceProperties } = request
  const body = {
    Status: error === undefined ? 'SUCCESS' : 'FAILED',
    Reason: error ?? 'the images are there',
    PhysicalResourceId: 'images',
    StackId,
    RequestId,
    LogicalResourceId,
    Data: { Tag: ResourceProperties.Tag },
  }
  // Bytes, for text would go with a content type, which the URL's signature does not allow.
  const bytes = new TextEncoder().encode(JSON.stringify(body))
  const response = await fetch(ResponseURL, { method: 'PUT', body: bytes })
  if (!response.ok) throw new Error(`CloudFormation answered ${response.status}`)
}
