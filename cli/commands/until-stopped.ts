/** Resolves with the exit code when the process is told to stop. */
export const untilStopped = (): Promise<number> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve(130))
    process.once('SIGTERM', () => resolve(0))
    process.once('SIGHUP', () => resolve(0))
  })
