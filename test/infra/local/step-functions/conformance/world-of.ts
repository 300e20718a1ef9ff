import type { CallEnd, Integration } from '#infra/local/step-functions/tasks/integration.ts'
import type { VirtualClock } from '../virtual-clock.ts'
import type { Case, LambdaBehaviour } from './case.ts'

/** The functions of a case, found by ARN or by the last part of it. */
export function functionsOf({ lambdas }: Case, clock: VirtualClock) {
  return (arn: string) => {
    const name = arn.split(':function:')[1]?.split(':')[0]
    const known = Object.entries(lambdas).find(([key]) => key === arn || key.endsWith(`:${name}`))
    return known && ((event: unknown) => behave(known[1].behaviour, event, clock))
  }
}

async function behave(
  behaviour: LambdaBehaviour,
  event: unknown,
  clock: VirtualClock,
): Promise<unknown> {
  if (behaviour === 'echo') return event
  if ('delaySeconds' in behaviour) {
    await new Promise<void>((resolve) => {
      clock.setTimer(clock.now() + behaviour.delaySeconds * 1000, resolve)
    })
    return behave(behaviour.then, event, clock)
  }
  if ('return' in behaviour) return behaviour.return
  if ('js' in behaviour) return new Function('event', `return (${behaviour.js})`)(event)
  const { errorType, errorMessage } = behaviour.throw
  throw Object.assign(new Error(errorMessage), { name: errorType })
}

/** The services of a case: each resource that is not the engine's own answers in the recorded order. */
export function servicesOf({ services }: Case): Record<string, Integration> {
  const left = [...services]
  const answer: Integration = async ({ resource, execution }): Promise<CallEnd> => {
    const { state } = execution.position
    const index = left.findIndex((one) => one.resource === resource && one.stateName === state)
    const [found] = index < 0 ? [] : left.splice(index, 1)
    if (!found)
      return { error: 'Conformance.NoAnswer', cause: `No answer is recorded for ${state}` }
    if (found.error) return found.error
    return resource.endsWith('.waitForTaskToken')
      ? { submitted: found.result }
      : { result: found.result }
  }
  const foreign = services.filter(({ resource }) => !OWN.test(resource))
  return Object.fromEntries(foreign.map(({ resource }) => [resource, answer]))
}

const OWN = /^arn:aws:states:::(lambda:invoke|states:startExecution)/
