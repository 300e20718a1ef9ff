/** The command was given something that it cannot take: one line, exit code 2. */
export class UsageError extends Error {}
