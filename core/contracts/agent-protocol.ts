import { z } from 'zod'
import { Usage } from './usage.ts'

/** The failure classes that an agent itself can tell. */
export const AGENT_FAULTS = [
  'provider.overloaded',
  'provider.rate_limited',
  'provider.quota',
  'provider.auth',
  'model.unavailable',
  'agent.config',
  'agent.context_full',
  'agent.max_steps',
] as const

/**
 * The line protocol of `command` agents: one JSON object a line on stdout. All adapters translate
 * their own streams to these events. Lines that are no JSON objects count as output, not as progress.
 */
export const AgentEvent = z.discriminatedUnion('type', [
  /** The agent's own session id, for a later resume. */
  z.object({ type: z.literal('session'), id: z.string().max(200) }),
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), text: z.string() }),
  z.object({
    type: z.literal('tool_start'),
    id: z.string().max(200),
    name: z.string().max(200),
    /** One line: a file, a command. */
    summary: z.string().optional(),
  }),
  z.object({ type: z.literal('tool_output'), id: z.string().max(200), text: z.string() }),
  z.object({
    type: z.literal('tool_end'),
    id: z.string().max(200),
    ok: z.boolean(),
    exit: z.number().int().optional(),
  }),
  /** The model's provider is tried again: known, but no progress (T3). */
  z.object({
    type: z.literal('retry'),
    status: z.number().int().optional(),
    delayMs: z.number().optional(),
  }),
  /** Asked for a permission that nobody can give (T19). */
  z.object({ type: z.literal('permission'), tool: z.string().max(200) }),
  /** Why the agent cannot go on; what it says by type counts for more than its exit code. */
  z.object({
    type: z.literal('fault'),
    class: z.enum(AGENT_FAULTS),
    /** When the provider's limit ends, where that is known (T13). */
    resetAt: z.iso.datetime().optional(),
  }),
  /** Total so far of this attempt, by model. */
  z.object({ type: z.literal('usage'), usage: Usage }),
])
export type AgentEvent = z.infer<typeof AgentEvent>

/** Exit codes with a meaning; anything else but 0 is `agent.crashed` (sysexits.h names). */
export const AGENT_EXITS = {
  /** EX_UNAVAILABLE: the model's provider is overloaded. */
  69: 'provider.overloaded',
  /** EX_TEMPFAIL: the provider limits the rate. */
  75: 'provider.rate_limited',
  /** EX_NOPERM: the key was refused. */
  77: 'provider.auth',
  /** EX_CONFIG: the agent's set-up is wrong. */
  78: 'agent.config',
} as const
