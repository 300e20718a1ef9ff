import { z } from 'zod'
import { Phase } from './phase.ts'
import { Check } from './plan.ts'

/** Seconds that each stage of an attempt may take (T2). 0 turns `progress` or `tool` off. */
export const Clocks = z.strictObject({
  start: z.number().positive().default(180).describe('launched to claimed'),
  prepare: z.number().positive().default(900).describe('claimed to agent spawned'),
  progress: z.number().min(0).default(600).describe('no event from the agent'),
  tool: z.number().min(0).default(1_800).describe('silence of a tool call in flight'),
  turn: z.number().positive().default(3_600).describe("the agent's whole time"),
  verify: z.number().positive().default(600).describe('each verification command'),
  finish: z.number().positive().default(300).describe('verified to settled'),
  fence: z.number().positive().default(90).describe('no beat accepted: the agent is killed'),
})
export type Clocks = z.infer<typeof Clocks>

/** What a project's gates allow (G). */
export const Gates = z.strictObject({
  cooldownMinutes: z.number().min(0).default(60).describe('since the last run ended (G8)'),
  dailyFires: z.number().int().min(1).default(4).describe('runs started a day (G9)'),
  dailyUsd: z.number().positive().default(50).describe('spent a day (G10)'),
  cyclePlans: z.number().int().min(1).default(3).describe('undelivered plans in a cycle (G11)'),
  activityMinutes: z.number().min(0).default(5).describe('since a person was active (G7)'),
  dormancy: z.boolean().default(true).describe('sleep after no_plan until a signal (G6)'),
  dormancyCapHours: z.number().positive().default(24).describe('longest sleep (G6)'),
})
export type Gates = z.infer<typeof Gates>

/** What a run may spend (T12, E5, S5). */
export const Budget = z.strictObject({
  usd: z.number().positive().default(10).describe('a run (T12)'),
  tokens: z.number().int().positive().optional().describe('a run, of all classes (T12)'),
  sectionIterations: z.number().int().min(1).default(6).describe('turns of one section (E5)'),
  hours: z.number().positive().default(6).describe("a run's deadline (S5)"),
})
export type Budget = z.infer<typeof Budget>

/** How often and how fast an attempt is made again (T6). */
export const Retries = z.strictObject({
  stalls: z.number().int().min(0).default(3).describe('stall restarts of a turn (T6)'),
  backoffSeconds: z.number().positive().default(10).describe('before the first, doubled each time'),
  backoffCapSeconds: z.number().positive().default(300).describe('longest backoff'),
  providerSeconds: z
    .number()
    .positive()
    .default(60)
    .describe('first wait for a provider that names no reset, doubled each time (T13)'),
  providerHours: z.number().positive().default(12).describe('waits of a run in all (T13)'),
})
export type Retries = z.infer<typeof Retries>

/** Where a project's repository is. `git` clones, `copy` takes a folder that is none (C3). */
export const Source = z.strictObject({
  strategy: z.enum(['git', 'copy']).default('git'),
  /** A git URL, or on the local plane an absolute path. */
  location: z
    .string()
    .min(1)
    .max(2_000)
    .refine(
      (url) => !/^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(url),
      'must not hold a password or token',
    ),
  /** The branch to watch; by default the one that HEAD names. */
  branch: z.string().max(250).optional(),
})
export type Source = z.infer<typeof Source>

export const ProjectId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 of a-z, 0-9 and "-"')

/** Agents that Vigil knows by name; any other is a `command`. */
export const RUNTIMES = ['janitor', 'claude', 'codex', 'opencode', 'copilot'] as const

/** A repository under watch, as a person configures it. A run keeps a frozen copy (T18). */
export const ProjectConfig = z.strictObject({
  source: Source,
  /** Runtime id, or `command:<program>` for any program that speaks the line protocol. */
  agent: z
    .string()
    .regex(
      new RegExp(`^(${RUNTIMES.join('|')}|command:.+)$`),
      `must be ${RUNTIMES.join(', ')} or command:<program>`,
    )
    .default('janitor'),
  agentArgs: z
    .array(z.string().max(2_000))
    .max(50)
    .default([])
    .describe("more arguments for the agent's program, such as a provider of one's own"),
  unsandboxed: z
    .boolean()
    .default(false)
    .describe('run the agent although nothing stands between it and the machine (A7)'),
  models: z
    .array(z.string())
    .max(5)
    .default([])
    .describe('the chain: the first that can be had (T13)'),
  enabled: z.boolean().default(true),
  /** `approve`: a plan waits for a person (D7). */
  execute: z.enum(['auto', 'approve']).default('auto'),
  audit: z.boolean().default(true).describe('audit and final audit (E1)'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone')
    .default('UTC')
    .describe('IANA zone of the day in G9 and G10'),
  setup: z.string().max(2_000).optional().describe('command run in a fresh workspace (C4)'),
  verification: z.array(Check).max(20).default([]).describe("the project's own checks (E0)"),
  variables: z.record(z.string(), z.string()).default({}).describe('for the agent (C4)'),
  /** Names of variables of the plane's environment that the agent may have, such as its model key. */
  keys: z.array(z.string().regex(/^[A-Z][A-Z0-9_]*$/)).default([]),
  language: z
    .string()
    .min(1)
    .max(40)
    .default('English')
    .describe('what plans, findings and reports are written in'),
  gates: Gates.prefault({}),
  clocks: Clocks.prefault({}),
  retries: Retries.prefault({}),
  budget: Budget.prefault({}),
})
export type ProjectConfig = z.infer<typeof ProjectConfig>

/** Why a fire did not start a run; stored on the project and returned by the API (G). */
export const GateBlock = z.strictObject({
  gate: z.string(),
  message: z.string(),
  at: z.iso.datetime(),
  /** When the gate opens by itself, where that is known. */
  clearsAt: z.iso.datetime().optional(),
})
export type GateBlock = z.infer<typeof GateBlock>

/** A project on record: its configuration and what its gates look at. */
export const Project = z.strictObject({
  id: ProjectId,
  config: ProjectConfig,
  revision: z.number().int(),
  paused: z.enum(['by_person', 'auto']).optional(),
  /** Runs in a row that failed (G14). */
  failures: z.number().int().default(0),
  lastRunId: z.string().optional(),
  lastOutcome: z.string().optional(),
  lastEndedAt: z.iso.datetime().optional(),
  lastSignalAt: z.iso.datetime().optional(),
  lastActivityAt: z.iso.datetime().optional(),
  /** Average cost of a run so far, US dollars: the reservation of G10. */
  averageUsd: z.number().min(0).optional(),
  /** The same of an attempt, by phase: what one of unknown cost is taken for (T12). */
  phaseUsd: z.partialRecord(Phase, z.number().min(0)).default({}),
  cycleId: z.string().optional(),
  /** Registered when the project was saved; runs pin the revision (T18). */
  taskDefinition: z.string(),
  blocked: GateBlock.optional(),
  notes: z.string().max(8_000).default(''),
  createdAt: z.iso.datetime(),
})
export type Project = z.infer<typeof Project>

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}
