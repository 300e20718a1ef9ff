/** The engine's only source of time, in milliseconds since the epoch. A timer runs once, at `at` or later. */
export type Clock = {
  now(): number
  setTimer(at: number, run: () => void): () => void
}
