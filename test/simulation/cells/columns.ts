import type { Happening } from '../schedule.ts'

/** The columns of the matrix, each with a happening that stands for it. */
export const EXAMPLES = {
  time: { what: 'time', seconds: 1 },
  sweep: { what: 'sweep' },
  cancel: { what: 'cancel' },
  'abort pipeline': { what: 'abort', of: 'pipeline', told: 'twice' },
  'abort turn': { what: 'abort', of: 'turn', told: 'now' },
  'pipeline end told again': { what: 'pipeline end told again' },
  'launch slow': { what: 'launch', how: 'slow' },
  'launch lost': { what: 'launch', how: 'lost' },
  'launch capacity': { what: 'launch', how: 'capacity' },
  'launch throttled': { what: 'launch', how: 'throttled' },
  'launch quota': { what: 'launch', how: 'quota' },
  'launch refused': { what: 'launch', how: 'refused' },
  'step twice': { what: 'step', how: 'twice' },
  'step answer lost': { what: 'step', how: 'answer lost' },
  'step down': { what: 'step', how: 'down' },
  blind: { what: 'blind', how: 'error', seconds: 5 },
  boots: { what: 'boots' },
  'is prepared': { what: 'is prepared' },
  speaks: { what: 'speaks' },
  'starts a tool': { what: 'starts a tool' },
  'ends a tool': { what: 'ends a tool' },
  polls: { what: 'polls' },
  'is told to retry': { what: 'is told to retry' },
  'spends a little': { what: 'spends a little' },
  'spends all': { what: 'spends all' },
  verifies: { what: 'verifies' },
  finishes: { what: 'finishes' },
  succeeds: { what: 'succeeds', status: 'done' },
  fails: { what: 'fails', class: 'agent.crashed' },
  hangs: { what: 'hangs' },
  wakes: { what: 'wakes' },
  'is cut off': { what: 'is cut off', seconds: 25 },
  dies: { what: 'dies', of: 'crash', told: 'now' },
  'end told again': { what: 'end told again' },
  'end of another told': { what: 'end of another told' },
  'stale beat': { what: 'stale beat' },
  'stale answer': { what: 'stale answer', how: 'success' },
} as const satisfies Record<string, Happening>

export type Column = keyof typeof EXAMPLES

/** All columns. */
export const COLUMNS = Object.keys(EXAMPLES) as Column[]

/** The column that a happening belongs to. */
export const columnOf = (it: Happening): Column => {
  if (it.what === 'abort') return `abort ${it.of}`
  if (it.what === 'step') return `step ${it.how}`
  if (it.what !== 'launch') return it.what
  return it.how === 'runs' ? 'time' : `launch ${it.how}`
}
