/** One line of the table that `npm run bench` prints. */
export interface Row {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it should be, in the same unit. */
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number }
  /** The same measured on something else in the same run: what, and its value. */
  readonly beside?: { readonly what: string; readonly value: number }
}

/** Whether a row meets its goal; null where it has none. */
export const isMet = ({ value, goal }: Row): boolean | null => {
  if (!goal) return null
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast
}

/** The value below which a share of the sorted samples lies. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
