import { z } from 'zod'
import { Restart, Work } from './agent-request.ts'
import { Phase } from './phase.ts'
import { Check } from './plan.ts'
import { Clocks, Source } from './project.ts'

/** Where a workspace comes from: the origin for a discovery, the cycle's bundles afterwards (C1). */
export const WorkspaceOrigin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('source'), source: Source }),
  z.strictObject({
    kind: z.literal('cycle'),
    branch: z.string(),
    baseCommit: z.string(),
    baseKey: z.string(),
    head: z.strictObject({ commit: z.string(), key: z.string() }).optional(),
    /** Uncommitted work of the attempt before this one. */
    workTree: z.strictObject({ commit: z.string(), key: z.string() }).optional(),
  }),
])
export type WorkspaceOrigin = z.infer<typeof WorkspaceOrigin>

/** All that a supervisor needs to run one attempt; lies in the bucket, written by OpenAttempt. */
export const AttemptRequest = z.strictObject({
  runId: z.string(),
  turnId: z.string(),
  attemptId: z.string(),
  number: z.number().int(),
  projectId: z.string(),
  phase: Phase,
  nonce: z.string(),
  fencingToken: z.number().int(),
  /** Agent of the project, such as `janitor` or `command:./my-agent.sh`. */
  agent: z.string(),
  model: z.string().optional(),
  agentArgs: z.array(z.string()).default([]),
  origin: WorkspaceOrigin,
  /** Discovery also looks at the project's origin and reports what it saw (C1). */
  source: Source.optional(),
  work: Work,
  restart: Restart.optional(),
  /** What plans, findings and reports are written in. */
  language: z.string().default('English'),
  setup: z.string().optional(),
  /** Commands of the verification stage (E2). */
  verification: z.array(Check),
  variables: z.record(z.string(), z.string()),
  keys: z.array(z.string()),
  clocks: Clocks,
  /** US dollars that this attempt may spend (T12). */
  usdLeft: z.number(),
  tokensLeft: z.number().optional(),
  /** When the run must be over (S5). */
  deadlineAt: z.iso.datetime(),
})
export type AttemptRequest = z.infer<typeof AttemptRequest>
