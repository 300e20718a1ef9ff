import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { AgentEvent } from '#core/contracts/agent-protocol.ts'
import type { AgentRequest } from '#core/contracts/agent-request.ts'
import type { TOOLS, ToolName } from '#core/contracts/submission.ts'

/** What a phase works with: its request, and the two ways to be heard. */
export type Turn = {
  request: AgentRequest
  /** The root of the checkout. */
  root: string
  /** Writes an event of the line protocol to stdout. */
  emit(event: AgentEvent): void
  say(text: string): void
  /** Does a piece of work between its `tool_start` and `tool_end`; gets the call's id. */
  act<T>(name: string, summary: string, work: (id: string) => T | Promise<T>): Promise<T>
  /** Calls a contract tool: its file appears in the outbox whole or not at all. */
  submit<T extends ToolName>(tool: T, body: z.infer<(typeof TOOLS)[T]>): void
  /** Waits before an edit when a slow run was asked for, and is heard meanwhile. */
  pause(): Promise<void>
}

/** Opens the turn that a request asks for; `pauseMs` is how long `pause` waits. */
export function openTurn(request: AgentRequest, root: string, pauseMs: number): Turn {
  const calls = new Map<string, number>()
  const next = (name: string) => {
    const number = calls.get(name) ?? 0
    calls.set(name, number + 1)
    return number
  }
  const emit = (event: AgentEvent) => void process.stdout.write(`${JSON.stringify(event)}\n`)
  const say = (text: string) => emit({ type: 'text', text })
  return {
    request,
    root,
    emit,
    say,
    act: async (name, summary, work) => {
      const id = `${name}-${next(name)}`
      emit({ type: 'tool_start', id, name, summary })
      let ok = false
      try {
        const result = await work(id)
        ok = true
        return result
      } finally {
        emit({ type: 'tool_end', id, ok })
      }
    },
    submit: (tool, body) => {
      const number = next(tool)
      const name = number === 0 ? `${tool}.json` : `${tool}.${number}.json`
      const unfinished = join(request.outbox, `.${name}.part`)
      writeFileSync(unfinished, JSON.stringify({ ...body, nonce: request.nonce }))
      renameSync(unfinished, join(request.outbox, name))
    },
    pause: async () => {
      for (let left = pauseMs; left > 0; left -= SLICE_MS) {
        await sleep(Math.min(left, SLICE_MS))
        say(`pausing, ${Math.max(0, left - SLICE_MS)} ms left`)
      }
    },
  }
}

const SLICE_MS = 500
