import { z } from 'zod'
import { answerRequest, DeployRequest } from './deploy-request.ts'

const Input = z.strictObject({
  request: DeployRequest,
  /** Name of the error that the build ended with; null when there is none. */
  error: z.string().nullable(),
})

/** Answers CloudFormation once the build has ended, however it did. */
export const answerDeploy = async (event: unknown): Promise<void> => {
  const { request, error } = Input.parse(event)
  const { Log } = request.ResourceProperties
  await answerRequest(request, error === null ? undefined : `${error}: see the log group ${Log}`)
}
