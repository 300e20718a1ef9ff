/** Runs work over a list, so many at a time, telling every tenth; results in the list's order. */
export const inParallel = async <T, R>(
  list: readonly T[],
  jobs: number,
  work: (value: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  let next = 0
  let done = 0
  const job = async () => {
    for (let index = next++; index < list.length; index = next++) {
      const value = list[index]
      if (value !== undefined) results[index] = await work(value)
      done += 1
      if (done % 10 === 0) process.stderr.write(`${done} of ${list.length}\n`)
    }
  }
  await Promise.all(Array.from({ length: jobs }, job))
  return results
}
