import type { Tried } from './try-fault.ts'

/** One line on how a fault went. */
export const lineOf = ({ name, held, broken, late, ...tried }: Tried): string => {
  const times = [tried.noticedMs, tried.stoppedMs, tried.workingMs]
  const what = held ? 'held' : 'NOT HELD'
  return [`${what.padEnd(9)}${name}: ${tried.class}, ${times.map(shown).join(' / ')}`]
    .concat([...broken, ...late].map((line) => `         ${line}`))
    .join('\n')
}

/** All faults as a table. */
export const tableOf = (tried: readonly Tried[]): string => {
  const head = ['fault', 'class', 'noticed', 'stopped', 'working', 'held']
  const rows = tried.map((each) => [
    each.name,
    each.class,
    ...[each.noticedMs, each.stoppedMs, each.workingMs].map(shown),
    each.held ? 'yes' : 'NO',
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  )
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const shown = (ms: number | null): string => {
  if (ms === null) return '-'
  return Number.isFinite(ms) ? `${ms} ms` : 'never'
}
