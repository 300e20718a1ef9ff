import { isDeepStrictEqual } from 'node:util'
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import {
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { errorOf } from '../task.ts'
import { holds, updated } from './expression.ts'

/** An item, as a document client has it. */
export type Item = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string }

/** What became of one item in a commit. */
export interface Commit {
  readonly before: Item | undefined
  readonly after: Item
}

/** A table in memory: what a client sends is answered as DynamoDB answers it, as far as the store asks. */
export interface MemoryTable {
  send(command: unknown): Promise<unknown>
  items(): Item[]
  item(pk: string, sk: string): Item | undefined
  /** Counts what really changed. */
  readonly commits: () => number
}

type Written = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** `pause` comes before each answer; `committed` gets each write that changed something, at once. */
export const openMemoryTable = (
  pause: () => Promise<void> = async () => {},
  committed: (changes: readonly Commit[]) => void = () => {},
): MemoryTable => {
  const items = new Map<string, Item>()
  let commits = 0
  const find = (key: Record<string, unknown> = {}) => items.get(addressOf(key))
  const write = (given: readonly Written[]): void => {
    const changes = given.flatMap((each): Commit[] => {
      const before = find(keyOf(each))
      const after = afterOf(each, before)
      return after === undefined || isDeepStrictEqual(before, after) ? [] : [{ before, after }]
    })
    if (changes.length === 0) return
    for (const { after } of changes) items.set(addressOf(after), after)
    commits += 1
    committed(changes)
  }
  const send = (command: unknown): unknown => {
    if (command instanceof GetCommand) return { Item: find(command.input.Key) }
    if (command instanceof QueryCommand) return { Items: query([...items.values()], command.input) }
    if (command instanceof UpdateCommand || command instanceof PutCommand) {
      const one =
        command instanceof UpdateCommand ? { Update: command.input } : { Put: command.input }
      if (!fits(one as Written, find(keyOf(one as Written)))) throw FAILED()
      return write([one as Written])
    }
    if (command instanceof TransactWriteCommand) {
      const all = command.input.TransactItems ?? []
      const addresses = new Set(all.map((each) => addressOf(keyOf(each))))
      if (addresses.size < all.length || all.length > WRITES_MAX) throw INVALID()
      const reasons = all.map((each) => (fits(each, find(keyOf(each))) ? 'None' : CODE))
      if (reasons.includes(CODE)) throw cancelled(reasons)
      return write(all)
    }
    throw new TypeError(`the table is not asked so: ${command?.constructor.name}`)
  }
  return {
    send: async (command) => {
      await pause()
      return send(command) ?? {}
    },
    items: () => [...items.values()],
    item: (pk, sk) => items.get(addressOf({ pk, sk })),
    commits: () => commits,
  }
}

/** A client whose calls a memory table answers, for the store to be opened with. */
export const clientOf = <C extends { send: unknown }>(client: C, send: MemoryTable['send']): C =>
  Object.assign(client, { send })

const addressOf = ({ pk, sk }: Record<string, unknown>): string => `${pk}\n${sk}`

const keyOf = ({ Put, Update, ConditionCheck }: Written): Record<string, unknown> =>
  Update?.Key ?? ConditionCheck?.Key ?? Put?.Item ?? {}

const fits = ({ Put, Update, ConditionCheck }: Written, before: Item | undefined): boolean => {
  const write = Put ?? Update ?? ConditionCheck
  return holds(write?.ConditionExpression, before, write ?? {})
}

const afterOf = ({ Put, Update }: Written, before: Item | undefined): Item | undefined => {
  if (Put) return kept(Put.Item ?? {})
  if (!Update?.UpdateExpression) return undefined
  return kept(updated(Update.UpdateExpression, before ?? Update.Key ?? {}, Update))
}

/** As it is stored: a copy without what is undefined. */
const kept = (item: unknown): Item => Object.freeze(plain(item)) as Item

const plain = (value: unknown): unknown => {
  if (value instanceof Set) return new Set(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const present = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(present.map(([name, each]) => [name, plain(each)]))
}

const query = (items: Item[], input: QueryCommandInput): Item[] => {
  const order = input.IndexName === undefined ? 'sk' : 'pk'
  const turn = input.ScanIndexForward === false ? -1 : 1
  const found = items
    .filter((item) => holds(input.KeyConditionExpression, item, input))
    .sort((one, other) => (one[order] < other[order] ? -turn : turn))
  const from = input.ExclusiveStartKey?.[order]
  const rest = from === undefined ? found : found.filter((item) => item[order] > from)
  return rest.slice(0, input.Limit)
}

const CODE = 'ConditionalCheckFailed'

/** Writes that a transaction may have, each to an item of its own (service limit). */
const WRITES_MAX = 100

const INVALID = () => errorOf('ValidationException')

const FAILED = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} })

const cancelled = (codes: readonly string[]) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  })
