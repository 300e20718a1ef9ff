/** Names of the metrics in the namespace `Vigil`; each is emitted somewhere (M3). */
export const METRICS = ['Bugs', 'Faults', 'SweepCorrections'] as const
export type Metric = (typeof METRICS)[number]

/** The namespace of all metrics. */
export const NAMESPACE = 'Vigil'
