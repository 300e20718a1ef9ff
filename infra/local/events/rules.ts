import type { Lambda } from '#infra/local/lambda.ts'
import type { Rule } from './bus.ts'

/** The rules that the cloud has, too: which events of the services go to which function. */
export const rules = (lambda: Lambda, pipelineArn: string): Rule[] => [
  {
    name: 'on-task-stopped',
    matches: ({ source, detail }) =>
      source === 'aws.ecs' && has(detail, 'desiredStatus', 'STOPPED'),
    target: (event) => lambda.invoke('onTaskStopped', event),
  },
  {
    name: 'on-execution-ended',
    matches: ({ source, detail }) =>
      source === 'aws.states' &&
      has(detail, 'stateMachineArn', pipelineArn) &&
      !has(detail, 'status', 'RUNNING'),
    target: (event) => lambda.invoke('onExecutionEnded', event),
  },
]

const has = (detail: unknown, key: string, value: string): boolean =>
  typeof detail === 'object' &&
  detail !== null &&
  Object.entries(detail).some(([name, found]) => name === key && found === value)
