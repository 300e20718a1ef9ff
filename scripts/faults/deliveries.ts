import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { STEPS } from '#infra/local/functions.ts'
import type { Around } from '#infra/local/lambda.ts'

/** How calls of a function go wrong. */
export interface Delivery {
  /** The function's name, or `*` for every one. */
  readonly to: string
  /** Only calls whose event holds this text. */
  readonly holding?: string
  /** Only so many calls of each function, by default all. */
  readonly times?: number
  readonly does: 'twice' | 'twice_at_once' | 'answer_lost' | 'refused' | 'late' | 'lost' | 'changed'
  /** How late, in milliseconds. */
  readonly ms?: number
  /** What the event's detail says instead. */
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Delivers by the first rule that a call falls under. `told` hears of a step's second answer that differs. */
export const deliverBy = (rules: readonly Delivery[], told: (differs: string) => void): Around => {
  const counts = new Map<string, number>()
  const ruleOf = (name: string, event: unknown): Delivery | undefined => {
    const text = JSON.stringify(event)
    const rule = rules.find(
      ({ to, holding }) => (to === '*' || to === name) && text.includes(holding ?? ''),
    )
    if (rule?.times === undefined) return rule
    const key = `${rules.indexOf(rule)} ${name}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= rule.times ? rule : undefined
  }
  return async (name, event, invoke) => {
    const rule = ruleOf(name, event)
    const compared = (first: unknown, second: unknown) => {
      if (name in STEPS && !isDeepStrictEqual(first, second))
        told(`${name} answered ${JSON.stringify(first)}, then ${JSON.stringify(second)}`)
      return second
    }
    switch (rule?.does) {
      case undefined:
        return invoke(event)
      case 'twice':
        return compared(await invoke(event), await invoke(event))
      case 'twice_at_once': {
        const [first, second] = await Promise.all([invoke(event), invoke(event)])
        return compared(first, second)
      }
      case 'answer_lost':
        await invoke(event)
        throw lambdaError('the answer was lost')
      case 'refused':
        throw lambdaError('not invoked')
      case 'late':
        await sleep(rule.ms)
        return invoke(event)
      case 'lost':
        return undefined
      case 'changed':
        return invoke(withDetail(event, rule.detail))
    }
  }
}

/** As the workflow sees it when Lambda itself fails. */
const lambdaError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'Lambda.ServiceException' })

const withDetail = (event: unknown, detail: Delivery['detail']): unknown => {
  if (typeof event !== 'object' || event === null || !('detail' in event)) return event
  return { ...event, detail: { ...Object(event.detail), ...detail } }
}
