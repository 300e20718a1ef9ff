import type { Execution } from '../journal/execution.ts'

/** A task to carry out: `token` names it for good, also when it is carried out again after a crash. */
export type Call = { resource: string; arguments: unknown; token: string; execution: Execution }

/**
 * What came of it: an end, or that somebody else will end it, by its token or by the end of the execution `child`.
 */
export type CallEnd =
  | { result: unknown }
  | { error: string; cause: string }
  | { submitted: unknown; child?: string }

/** What carries out the tasks of one resource. A rejection is a bug: it fails the execution with States.Runtime. */
export type Integration = (call: Call) => Promise<CallEnd>
