import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Attempt, TaskEnd } from '#core/contracts/attempt.ts'
import { classifyEnd, classifyTask } from '#core/decisions/classify-end.ts'
import { FAULTS, type FaultClass, isFaultClass } from '#core/faults.ts'

const at = '2026-03-02T12:00:00.000Z'

describe('T9: how a task stopped is its class, by the documented word', () => {
  test.each<[FaultClass, Omit<TaskEnd, 'at'>]>([
    ['worker.lost', {}],
    ['worker.lost', { stopCode: 'EssentialContainerExited', exitCode: 137 }],
    ['worker.lost', { stopCode: 'UserInitiated', stoppedReason: 'attempt is over' }],
    ['worker.reclaimed', { stopCode: 'SpotInterruption' }],
    ['worker.reclaimed', { stopCode: 'SpotInterruption', stoppedReason: 'OutOfMemoryError: x' }],
    ['worker.oom', { stoppedReason: 'OutOfMemoryError: Container killed', exitCode: 137 }],
    [
      'worker.image',
      { stopCode: 'TaskFailedToStart', stoppedReason: 'CannotPullContainerError: no' },
    ],
    ['worker.image', { stoppedReason: 'CannotStartContainerError: no such file' }],
    ['worker.never_started', { stopCode: 'TaskFailedToStart' }],
    ['worker.never_started', { stoppedReason: 'ResourceInitializationError: no secret' }],
    ['worker.lost', { stoppedReason: 'the words OutOfMemoryError: elsewhere' }],
    ['worker.lost', { stoppedReason: 'constructor: not a type of ECS' }],
  ])('%s: %j', (fault, end) => {
    expect(classifyTask({ at, ...end })).toBe(fault)
  })

  test('any stop reason has a class', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('toString', '__proto__', 'valueOf'))
    fc.assert(
      fc.property(word, word, fc.integer(), (stopCode, stoppedReason, exitCode) => {
        const fault = classifyTask({ at, stopCode, stoppedReason, exitCode })
        expect(Object.keys(FAULTS)).toContain(fault)
      }),
    )
  })
})

type Facts = Pick<Attempt, 'cancelRequested' | 'claim' | 'taskEnd' | 'taskArn'>

const claim = { taskArn: 'arn:aws:ecs:eu-west-1:1:task/vigil/1', pid: 7 }
const taskEnd = { at, stopCode: 'SpotInterruption' }
/** After a missed heartbeat the plane itself stops the task: that is how, and not why. */
const ourStop = { at, stopCode: 'UserInitiated', stoppedReason: 'attempt is over' }

test.each<[FaultClass, error: string | undefined, Partial<Facts>]>([
  ['cancelled', 'agent.crashed', { cancelRequested: true, claim, taskEnd }],
  ['agent.crashed', 'agent.crashed', { claim, taskEnd }],
  ['worker.reclaimed', 'States.Timeout', { claim, taskEnd }],
  ['worker.reclaimed', undefined, { claim, taskEnd }],
  ['worker.unresponsive', 'States.Timeout', { claim }],
  ['worker.unresponsive', 'States.HeartbeatTimeout', { claim }],
  ['worker.never_started', 'States.Timeout', {}],
  ['worker.never_started', 'States.HeartbeatTimeout', {}],
  ['worker.unresponsive', 'States.Timeout', { claim, taskEnd: ourStop }],
  ['worker.never_started', 'States.HeartbeatTimeout', { taskEnd: ourStop }],
  ['worker.lost', undefined, { claim, taskEnd: ourStop }],
  ['launch.throttled', 'Lambda.Unknown', { claim, taskEnd: ourStop }],
  ['bug', 'TypeError', { claim, taskEnd: ourStop }],
  ['launch.throttled', 'Lambda.TooManyRequestsException', {}],
  ['worker.lost', undefined, { claim }],
  ['bug', 'TypeError', { claim }],
  ['bug', 'toString', { claim }],
])('%s: the workflow says %s of an attempt with %j', (fault, error, facts) => {
  expect(classifyEnd({ cancelRequested: false, ...facts }, error)).toBe(fault)
  expect(isFaultClass(fault)).toBe(true)
})
