import { expect, test } from 'vitest'
import { Clocks } from '#core/contracts/project.ts'
import { attemptDeadlines } from '#core/decisions/deadlines.ts'

test.each<[Partial<Clocks>, commands: number, heartbeat: number, timeout: number]>([
  [{}, 0, 180, 180 + 900 + 3_600 + 600 + 300 + 60],
  [{}, 1, 180, 180 + 900 + 3_600 + 600 + 300 + 60],
  [{}, 3, 180, 180 + 900 + 3_600 + 1_800 + 300 + 60],
  [{ start: 30 }, 1, 180, 30 + 900 + 3_600 + 600 + 300 + 60],
  [{ start: 200 }, 1, 200, 200 + 900 + 3_600 + 600 + 300 + 60],
  [{ start: 0.5, fence: 0.3, prepare: 1, turn: 1.2, verify: 1, finish: 1 }, 1, 1, 65],
])(
  'T2: clocks %j with %i commands: heartbeat %i s, timeout %i s',
  (change, commands, heartbeat, timeout) => {
    expect(attemptDeadlines(Clocks.parse(change), commands)).toEqual({
      heartbeatSeconds: heartbeat,
      timeoutSeconds: timeout,
    })
  },
)
