/**
 * Resolves with the exit code when the process is to end: it was told to, nobody reads its output
 * any more, or something went wrong that nobody expected. To be called before a plane is opened, so
 * that whatever comes while it opens closes it in good order.
 */
export const untilStopped = (): Promise<number> =>
  new Promise((resolve) => {
    process.once('SIGINT', () => resolve(130))
    process.once('SIGTERM', () => resolve(0))
    process.once('SIGHUP', () => resolve(0))
    process.stdout.on('error', () => resolve(1))
    process.stderr.on('error', () => resolve(1))
    process.once('unhandledRejection', (error) => {
      process.stderr.write(`vigil: stopping: ${error instanceof Error ? error.message : error}\n`)
      setTimeout(() => process.exit(1), GRACE_MS).unref()
      resolve(1)
    })
  })

/** What closing may take after the unexpected; then the process goes as it is. */
const GRACE_MS = 15_000
