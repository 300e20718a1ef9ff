import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import type { FaultClass } from '#core/faults.ts'

/** A kind of agent program: how it is started, how its stream reads, how its end is judged. */
export interface Runtime {
  readonly id: string
  /** What the program can do, so that the supervisor asks nothing else of it. */
  readonly capabilities: {
    /** Goes on in a session by its id, once it has told one: also after an interruption. */
    readonly resume: boolean
    readonly mcp: boolean
    /** Says what it cost. */
    readonly cost: boolean
    /** Takes a limit in US dollars. */
    readonly budget: boolean
    readonly models: boolean
  }
  /** How it is started; with `resume` in the request, in that session. */
  command(request: AgentRequest, tools: ContractTools): Command
  /** A fresh reader for one process. */
  reader(request: AgentRequest): Reader
}

/** What is started: program and arguments, and variables on top of the allowed ones. */
export interface Command {
  readonly argv: readonly [string, ...string[]]
  readonly env: Readonly<Record<string, string>>
  /** What it reads on its standard input, which ends there; nothing otherwise. */
  readonly stdin?: string
}

/** The program that serves the contract tools over MCP, for runtimes that can use it. */
export interface ContractTools {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Reads one process's stream, a line at a time, in bounded memory. */
export interface Reader {
  parse(line: string): AgentEvent[]
  /** The class of a failed end; undefined when the process did what it could. */
  settle(exit: AgentExit): FaultClass | undefined
}

export interface AgentExit {
  readonly code: number | null
  readonly signal: string | null
}
