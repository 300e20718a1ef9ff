import { describe, expect, test } from 'vitest'
import { chosenFaults, FAULTS } from '../../scripts/faults/catalog.ts'
import { deliverBy } from '../../scripts/faults/deliveries.ts'

describe('the catalog of faults', () => {
  test('names each once', () => {
    const names = FAULTS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(40)
  })

  test('a comma list chooses', () => {
    const chosen = chosenFaults('table-slow,agent-silent')
    expect(chosen.map(({ name }) => name).sort()).toEqual(['agent-silent', 'table-slow'])
  })

  test('an unknown name is answered with near ones', () => {
    expect(() => chosenFaults('agent-silnt')).toThrow(
      /no fault is called agent-silnt: did you mean agent-silent/,
    )
  })
})

describe('a delivery', () => {
  const calls: unknown[] = []
  const invoke = async (event: unknown) => calls.push(event)
  const event = { detail: { startedBy: 'a1', stopCode: 'EssentialContainerExited' } }

  test('twice is compared for steps', async () => {
    const differs: string[] = []
    const around = deliverBy([{ to: '*', does: 'twice' }], (what) => differs.push(what))
    await around('NextTurn', event, invoke)
    await around('publish', event, invoke)
    expect(calls.splice(0)).toHaveLength(4)
    expect(differs).toEqual(['NextTurn answered 1, then 2'])
  })

  test('is hit only so many times, and only where its event holds a text', async () => {
    const rule = { to: 'onTaskStopped', holding: '"a1"', does: 'lost', times: 1 } as const
    const around = deliverBy([rule], () => undefined)
    await around('onTaskStopped', { detail: { startedBy: 'a2' } }, invoke)
    await around('onTaskStopped', event, invoke)
    await around('onTaskStopped', event, invoke)
    expect(calls.splice(0)).toEqual([{ detail: { startedBy: 'a2' } }, event])
  })

  test('says something else', async () => {
    const detail = { stopCode: 'SpotInterruption' }
    const around = deliverBy([{ to: '*', does: 'changed', detail }], () => undefined)
    await around('onTaskStopped', event, invoke)
    expect(calls.splice(0)).toEqual([{ detail: { startedBy: 'a1', ...detail } }])
  })
})
