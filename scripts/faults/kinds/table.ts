import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked, Fate } from '../proxy.ts'
import type { FaultRow } from '../row.ts'
import { type Scene, until } from '../scene.ts'

const error = (status: number, name: string, more: object = {}): Fate => ({
  status,
  body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...more },
})

const conflict = (asked: Asked): Fate => {
  const { TransactItems = [] } = JSON.parse(asked.body)
  const reasons = TransactItems.map(() => ({ Code: 'TransactionConflict' }))
  return error(400, 'TransactionCanceledException', { CancellationReasons: reasons })
}

/** Every n-th of the requests of a kind meets a fate. */
const each = (n: number, operations: readonly string[], fate: (asked: Asked) => Fate) => {
  let count = 0
  return (asked: Asked): Fate =>
    operations.includes(asked.operation) && ++count % n === 0 ? fate(asked) : 'pass'
}

/** A kind of request meets a fate for the whole run, or for so many milliseconds of it. */
const judging =
  (judge: () => (asked: Asked) => Fate, ms?: number) =>
  async (scene: Scene): Promise<void> => {
    if (ms !== undefined) await scene.hit(({ state }) => state === 'working')
    scene.proxy('table').judge(judge())
    scene.faultAt = Date.now()
    if (ms === undefined) return
    await sleep(ms)
    scene.proxy('table').judge(() => 'pass')
  }

const WRITES = ['PutItem', 'UpdateItem', 'TransactWriteItems']

const survived: Omit<FaultRow, 'name' | 'does'> = {
  class: 'none',
  phase: 'code',
  ends: 'executed',
  tableProxy: true,
}

/** A table that fails those who need it. What is acknowledged is kept, and the run goes on. */
export const tableFaults: readonly FaultRow[] = [
  {
    ...survived,
    name: 'table-killed',
    does: 'is killed while an agent works, and started again',
    tableProxy: false,
    inject: async ({ home, hit }) => {
      await hit(({ state }) => state === 'working')
      const { pid } = JSON.parse(readFileSync(join(home, 'dynamodb.pid'), 'utf8'))
      process.kill(pid, 'SIGKILL')
    },
  },
  {
    ...survived,
    name: 'table-throttled',
    does: 'throttles everything for two seconds',
    inject: judging(
      () =>
        ({ operation }) =>
          operation === '' ? 'pass' : error(400, 'ProvisionedThroughputExceededException'),
      2_000,
    ),
  },
  {
    ...survived,
    name: 'table-throttles-some',
    does: 'throttles every fourth write',
    inject: judging(() =>
      each(4, WRITES, () => error(400, 'ProvisionedThroughputExceededException')),
    ),
  },
  {
    ...survived,
    name: 'table-slow',
    does: 'takes a fifth of a second longer for everything',
    inject: judging(() => () => ({ afterMs: 200 })),
  },
  {
    ...survived,
    name: 'table-silent',
    does: 'does not answer for two seconds',
    inject: judging(() => () => 'stall', 2_000),
  },
  {
    ...survived,
    name: 'table-refuses-some',
    does: 'fails every fifth write',
    inject: judging(() => each(5, WRITES, () => error(500, 'InternalServerError'))),
  },
  {
    ...survived,
    name: 'table-conflicts',
    does: 'says of every third transaction that it conflicts with another',
    inject: judging(() => each(3, ['TransactWriteItems'], conflict)),
  },
  {
    ...survived,
    name: 'table-answers-lost',
    does: 'does every fourth transaction, and its answer is lost',
    inject: judging(() => each(4, ['TransactWriteItems'], () => 'forget')),
  },
  {
    ...survived,
    name: 'table-refuses-the-end',
    does: 'fails the terminal write of the run, three times',
    inject: judging(() => {
      let left = 3
      return ({ operation, body }) =>
        operation === 'TransactWriteItems' && body.includes('run.ended') && left-- > 0
          ? error(500, 'InternalServerError')
          : 'pass'
    }),
  },
  {
    ...survived,
    name: 'table-never-answers-one',
    does: 'never answers the transaction in which the next turn is opened',
    inject: async (scene) => {
      let stalls = 1
      await scene.hit(({ state }) => state === 'launching')
      scene
        .proxy('table')
        .judge(({ body }) => (body.includes('turn.started') && stalls-- > 0 ? 'stall' : 'pass'))
      await until('it stalls', () => stalls < 1)
      scene.faultAt = Date.now()
    },
  },
]
