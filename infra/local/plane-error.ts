/** The plane cannot be started or used as asked: one line that says what to do. */
export class PlaneError extends Error {
  /** The exit code that tells the command line's caller. */
  readonly exit: number

  constructor(message: string, exit = 1) {
    super(message)
    this.exit = exit
  }
}
