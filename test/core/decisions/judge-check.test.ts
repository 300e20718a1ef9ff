import { expect, test } from 'vitest'
import type { CommandResult } from '#core/contracts/proof.ts'
import { judgeCheck } from '#core/decisions/judge-check.ts'

const ran = (exit: number | null, timedOut = false): CommandResult => ({
  command: 'npm test',
  exit,
  timedOut,
  durationMs: 1,
  tail: '',
})
const GREEN = ran(0)
const RED = ran(1)
const KILLED = ran(null)
const LATE = ran(0, true)

test.each([
  ['proved', 'red_to_green', RED, GREEN, undefined],
  ['proved', 'red_to_green', RED, GREEN, GREEN],
  ['proved', 'red_to_green', KILLED, GREEN, GREEN],
  ['proved', 'red_to_green', LATE, GREEN, GREEN],
  ['not_red_at_base', 'red_to_green', GREEN, GREEN, GREEN],
  ['not_red_at_base', 'red_to_green', GREEN, RED, undefined],
  ['not_green_at_head', 'red_to_green', RED, RED, undefined],
  ['not_green_at_head', 'red_to_green', RED, KILLED, undefined],
  ['not_green_at_head', 'red_to_green', RED, LATE, undefined],
  ['check_edited', 'red_to_green', RED, GREEN, RED],
  ['check_edited', 'red_to_green', RED, GREEN, LATE],
  ['proved', 'stays_green', GREEN, GREEN, undefined],
  ['proved', 'stays_green', GREEN, GREEN, GREEN],
  ['not_green_at_head', 'stays_green', GREEN, RED, undefined],
  ['check_edited', 'stays_green', GREEN, GREEN, RED],
  ['red_before', 'stays_green', RED, GREEN, undefined],
  ['red_before', 'stays_green', RED, RED, RED],
  ['red_before', 'stays_green', LATE, GREEN, undefined],
] as const)(
  'E0, E12: %s: %s, base %j, head %j, with the files of base %j',
  (verdict, expects, base, head, mixed) => {
    const check = { command: 'npm test', expect: expects, files: [] }
    expect(judgeCheck(check, base, head, mixed)).toBe(verdict)
  },
)
