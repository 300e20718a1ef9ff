import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { answerRequest, DeployRequest } from './deploy-request.ts'

/** Starts the workflow that builds the images and answers; what is deleted needs no build. */
export const startBuild = async (event: unknown): Promise<void> => {
  const request = DeployRequest.parse(event)
  if (request.RequestType === 'Delete') return answerRequest(request)
  try {
    await new SFNClient().send(
      new StartExecutionCommand({
        stateMachineArn: request.ResourceProperties.Workflow,
        name: request.RequestId,
        input: JSON.stringify(request),
      }),
    )
  } catch (error) {
    // An unanswered request would keep the deploy waiting until its timeout.
    if (!(error instanceof ExecutionAlreadyExists)) await answerRequest(request, String(error))
  }
}
