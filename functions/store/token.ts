import { z } from 'zod'
import { type Entity, entity } from './entity.ts'
import type { Table } from './table.ts'

export const Scope = z.enum(['read', 'operate', 'admin'])
export type Scope = z.infer<typeof Scope>

/** A bearer token: only its SHA-256 is stored (A2). `expiresAt` in epoch seconds. */
export const Token = z.strictObject({
  name: z.string(),
  scopes: z.array(Scope),
  expiresAt: z.number().int(),
})
export type Token = z.infer<typeof Token>

/** Tokens by hash. */
export const tokens = (table: Table): Entity<Token, string> =>
  entity(table, {
    contract: Token,
    key: (hash) => ({ pk: `token#${hash}`, sk: 'token' }),
  })
