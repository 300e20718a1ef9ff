import { expect, test } from 'vitest'
import { afterCall, NOT_WAITING } from '#core/decisions/busy-wait.ts'

const CHECK = 'Bash gh pr checks 7'
const SLEEP = 'Bash sleep 30'

test.each<[string, calls: string[], polls: number]>([
  ['one sleep is work', [SLEEP], 0],
  ['a second in a row is not', [SLEEP, 'Bash sleep 60'], 1],
  ['the first look after a sleep is work', [SLEEP, CHECK], 0],
  ['the same look again is not', [SLEEP, CHECK, SLEEP, CHECK], 1],
  ['and so it goes on', [SLEEP, CHECK, SLEEP, CHECK, SLEEP, CHECK, SLEEP], 4],
  ['a sleep within a command counts', ['Bash cd x && sleep 5', 'Bash true; sleep $N'], 1],
  ['an edit ends it', [SLEEP, CHECK, SLEEP, CHECK, 'Edit a.ts'], 0],
  ['tests that run again and again are work', ['Bash make', 'Edit a', 'Bash make', 'Edit a'], 0],
  ['a word that only looks like it', ['Bash cat sleep.ts', 'Bash cat asleep 3'], 0],
])('T3: %s', (_what, calls, polls) => {
  expect(calls.reduce(afterCall, NOT_WAITING).polls).toBe(polls)
})
