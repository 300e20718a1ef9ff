/** Where a command tells what happens, and what it answers. With `json`, stdout is one JSON object. */
export interface Output {
  readonly json: boolean
  /** Progress: a line on stdout, or on stderr when stdout is for a program. */
  line(text: string): void
  /** The answer: an object for programs, text for people. */
  answer(value: unknown, text: string): void
}

/** The output of a command. */
export const openOutput = (json: boolean): Output => ({
  json,
  line: (text) => void (json ? process.stderr : process.stdout).write(`${text}\n`),
  answer: (value, text) =>
    void process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text}\n`),
})
