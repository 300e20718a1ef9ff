import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Table, Write } from './table.ts'

const KEY = { pk: 'plane', sk: 'slots' }

/** How many runs hold a slot of the plane (G13). */
export const slotsTaken = async (table: Table): Promise<number> => (await slotHolders(table)).length

/** The runs that hold a slot. */
export const slotHolders = async (table: Table): Promise<string[]> => {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: KEY, ConsistentRead: true }),
  )
  return Item?.runs instanceof Set ? [...Item.runs].map(String) : []
}

/** A write that takes a slot for a run; fails when all are taken. A set: taking twice is once. */
export const takeSlot = (table: Table, runId: string, limit: number): Write => ({
  Update: {
    TableName: table.name,
    Key: KEY,
    UpdateExpression: 'ADD runs :run',
    ConditionExpression:
      'attribute_not_exists(runs) OR size(runs) < :limit OR contains(runs, :one)',
    ExpressionAttributeValues: { ':run': new Set([runId]), ':one': runId, ':limit': limit },
  },
})

/** A write that gives a run's slot back; giving twice is once. */
export const giveSlot = (table: Table, runId: string): Write => ({
  Update: {
    TableName: table.name,
    Key: KEY,
    UpdateExpression: 'DELETE runs :run',
    ExpressionAttributeValues: { ':run': new Set([runId]) },
  },
})
