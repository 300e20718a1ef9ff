import type { z } from 'zod'
import { type Change, expressionOf } from './expression.ts'
import type { Key, Table, Write } from './table.ts'

/** How one noun lies in the table. */
interface Layout<T, K> {
  readonly contract: z.ZodType<T>
  readonly key: (of: K) => Key
  /** Partition of the `lists` index that it is listed in. */
  readonly list?: (value: T) => string
  /** Whether it is live with this change: undefined leaves the index as it is. */
  readonly live?: (change: Partial<T>) => boolean | undefined
}

/** One noun's items: read whole and parsed, written only where they change (S4). */
export interface Entity<T, K> {
  get(of: K): Promise<T | undefined>
  /** A write that creates it; fails when it is there. */
  create(of: K, value: T): Write
  /** A write that changes it; fails when it is not there or `when` does not hold. No change: a check. */
  change(of: K, change: TypedChange<T>): Write
  /** The same at once and alone; false when it failed. */
  update(of: K, change: TypedChange<T>): Promise<boolean>
  /** All below a partition. */
  all(pk: string, prefix: string, after?: string): Promise<T[]>
  /** Newest first. */
  list(partition: string, limit: number, before?: string): Promise<T[]>
}

interface TypedChange<T> extends Change {
  readonly set?: { readonly [A in keyof T]?: T[A] | undefined }
}

/** Binds a noun's layout to the table. */
export const entity = <T extends object, K>(table: Table, layout: Layout<T, K>): Entity<T, K> => {
  const change = (of: K, { set = {}, add, when }: TypedChange<T>) => {
    const key = layout.key(of)
    const live = layout.live?.(definedOf(set))
    const index = live === undefined ? {} : { live: live ? shardOf(key.pk) : undefined }
    return {
      TableName: table.name,
      Key: key,
      ...expressionOf({ set: { ...set, ...index }, ...(add && { add }), ...(when && { when }) }),
    }
  }
  const parse = (item: Record<string, unknown>): T => layout.contract.parse(bodyOf(item))
  return {
    get: async (of) => {
      const item = await table.read(layout.key(of))
      return item && parse(item)
    },
    create: (of, value) => {
      const key = layout.key(of)
      return {
        Put: {
          TableName: table.name,
          Item: {
            ...value,
            ...key,
            ...(layout.list && { list: layout.list(value) }),
            ...(layout.live?.(value) && { live: shardOf(key.pk) }),
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      }
    },
    change: (of, given) => {
      const { UpdateExpression, ...condition } = change(of, given)
      return UpdateExpression === undefined
        ? { ConditionCheck: condition }
        : { Update: { UpdateExpression, ...condition } }
    },
    update: (of, given) => table.update(change(of, given)),
    all: async (pk, prefix, after) => (await table.query(pk, prefix, after)).map(parse),
    list: async (partition, limit, before) =>
      (await table.index('lists', partition, limit, before)).map(parse),
  }
}

/** Shards of the `live` index: enough that the sweeper's partition is never a hot one. */
export const LIVE_SHARDS = 4

const shardOf = (pk: string): string => {
  let sum = 0
  for (const character of pk) sum = (sum + (character.codePointAt(0) ?? 0)) % LIVE_SHARDS
  return `live#${sum}`
}

const definedOf = <T extends object>(set: { [A in keyof T]?: T[A] | undefined }): Partial<T> => {
  const defined: Partial<T> = {}
  for (const attribute in set) {
    const value = set[attribute]
    if (value !== undefined) defined[attribute] = value
  }
  return defined
}

const bodyOf = ({
  pk,
  sk,
  list,
  live,
  ...body
}: Record<string, unknown>): Record<string, unknown> => body
