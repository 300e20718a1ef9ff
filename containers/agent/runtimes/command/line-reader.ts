import { jsonLine } from '#containers/agent/runtimes/json-line.ts'
import type { Reader } from '#containers/agent/runtimes/runtime.ts'
import { AGENT_EXITS, AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { FaultClass } from '#core/faults.ts'

/** Reads the line protocol. A line that is none of it is output of the program, and no event. */
export const lineReader = (): Reader => ({
  parse: (text) => {
    const event = jsonLine(AgentEvent, text)
    return event ? [event] : []
  },
  settle: ({ code, signal }) => {
    if (code === 0) return undefined
    if (signal !== null || code === null) return 'agent.crashed'
    return EXITS.get(code) ?? 'agent.crashed'
  },
})

/** The published exit codes, and the shell's own for a program that cannot be run or found. */
const EXITS = new Map<number, FaultClass>([
  ...Object.entries(AGENT_EXITS).map(([code, fault]): [number, FaultClass] => [
    Number(code),
    fault,
  ]),
  [126, 'agent.config'],
  [127, 'agent.config'],
])
