import { AttemptState } from '#core/contracts/attempt.ts'
import type { Happening } from '../schedule.ts'
import { COLUMNS, type Column, columnOf } from './columns.ts'
import { unreachable } from './unreachable.ts'

/** How often what happened in which state. */
export interface Matrix {
  add(cells: readonly { readonly state: string; readonly it: Happening }[]): void
  count(state: AttemptState, column: Column): number
  /** Cells that can be reached and were not, or cannot and were. */
  wrong(): string[]
  /** As a table, with the reasons for what cannot be reached below. */
  lines(): string[]
}

/** A matrix of attempt states and happenings. */
export const openMatrix = (): Matrix => {
  const counts = new Map<string, number>()
  const count = (state: string, column: Column) => counts.get(`${state} ${column}`) ?? 0
  const cells = AttemptState.options.flatMap((state) =>
    COLUMNS.map((column) => ({ state, column, reason: unreachable(state, column) })),
  )
  return {
    count,
    add: (seen) => {
      for (const { state, it } of seen) {
        const column = columnOf(it)
        counts.set(`${state} ${column}`, count(state, column) + 1)
      }
    },
    wrong: () =>
      cells.flatMap(({ state, column, reason }) => {
        const hit = count(state, column) > 0
        if (hit === (reason === undefined)) return []
        return [hit ? `${state} × ${column} was reached` : `${state} × ${column} was not reached`]
      }),
    lines: () => {
      const reached = cells.filter(({ reason }) => reason === undefined)
      const hit = reached.filter(({ state, column }) => count(state, column) > 0)
      const reasons = new Map<string, number>()
      for (const { reason } of cells)
        if (reason !== undefined) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      return [
        ...tableOf(count),
        `${hit.length} of ${reached.length} cells that can be reached were hit`,
        ...[...reasons].map(([reason, number]) => `- ${number} cells cannot be: ${reason}`),
      ]
    },
  }
}

const tableOf = (count: (state: string, column: Column) => number): string[] => {
  const short = AttemptState.options.map((state) => state.slice(0, WIDTH - 1).padStart(WIDTH))
  const first = Math.max(...COLUMNS.map(({ length }) => length))
  const rows = COLUMNS.map((column) => {
    const numbers = AttemptState.options.map((state) => {
      const text = unreachable(state, column) === undefined ? String(count(state, column)) : '-'
      return text.padStart(WIDTH)
    })
    return column.padEnd(first) + numbers.join('')
  })
  return [' '.repeat(first) + short.join(''), ...rows]
}

const WIDTH = 8
