/** Work that is done one piece after the other for each execution. */
export type Queues = {
  run<T>(execution: number, work: () => Promise<T> | T): Promise<T>
  idle(): boolean
  /** Resolves once nothing is left to do. */
  drained(): Promise<void>
}

/** A queue for each execution that has work; none is kept for one that rests. */
export function openQueues(): Queues {
  const tails = new Map<number, Promise<unknown>>()
  return {
    async run(execution, work) {
      const before = tails.get(execution)
      const mine = before ? before.then(work, work) : Promise.resolve().then(work)
      tails.set(execution, mine)
      try {
        return await mine
      } finally {
        if (tails.get(execution) === mine) tails.delete(execution)
      }
    },
    idle: () => tails.size === 0,
    async drained() {
      while (tails.size > 0) await Promise.allSettled(tails.values())
    },
  }
}
