import { z } from 'zod'
import { Finding } from './finding.ts'
import { Phase } from './phase.ts'
import { PlanProposal, Section } from './plan.ts'
import { SectionSummary } from './submission.ts'

/** What a turn is about: the plane's facts for the agent. Texts from outside are untrusted. */
export const Work = z.strictObject({
  project: z.strictObject({ id: z.string(), notes: z.string() }),
  /** Newest first, each at most 500 characters (D1). Untrusted. */
  signals: z.array(z.string()),
  /** Plans on record, so that nothing is proposed twice. */
  plans: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      dedupeKey: z.string(),
      status: z.string(),
    }),
  ),
  /** A directed fire names its work: plan that, or refuse it with a reason (G20). */
  task: z.string().optional(),
  plan: PlanProposal.optional(),
  section: z.strictObject({ number: z.number().int(), ...Section.shape }).optional(),
  findings: z.array(Finding),
  summaries: z.array(SectionSummary),
  /** What `continue` asked for. */
  nextTask: z.string().optional(),
  baseCommit: z.string().optional(),
  headCommit: z.string().optional(),
})
export type Work = z.infer<typeof Work>

/** Why there is another attempt at a turn. */
export const Restart = z.strictObject({
  class: z.string(),
  note: z.string(),
  /** The last things that the attempt before was seen doing, oldest first. Untrusted. */
  lastActs: z.array(z.string()).optional(),
})
export type Restart = z.infer<typeof Restart>

/** The request that an agent finds as JSON in the file named by `VIGIL_REQUEST`. */
export const AgentRequest = z.strictObject({
  protocol: z.literal(1),
  runId: z.string(),
  turnId: z.string(),
  attempt: z.number().int(),
  phase: Phase,
  /** Must be repeated as `nonce` in every outbox file: guards against a stale attempt's words. */
  nonce: z.string(),
  /** Absolute path of the checkout, also the working directory. */
  workspace: z.string(),
  /** Absolute path of the folder for `<tool>[.<n>].json` files. */
  outbox: z.string(),
  /** The whole instruction in words, for agents that are language models. */
  prompt: z.string(),
  work: Work,
  restart: Restart.optional(),
  model: z.string().optional(),
  /** More arguments for the agent's program, as the project has them. */
  args: z.array(z.string()).default([]),
  /** The agent's own session goes on, with this said in it: it went silent, or did not complete. */
  resume: z.strictObject({ sessionId: z.string(), message: z.string() }).optional(),
  limits: z.strictObject({
    progressSeconds: z.number(),
    toolSeconds: z.number(),
    turnSeconds: z.number(),
    usd: z.number(),
  }),
})
export type AgentRequest = z.infer<typeof AgentRequest>
