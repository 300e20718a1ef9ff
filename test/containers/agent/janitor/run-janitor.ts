import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { AgentEvent } from '#core/contracts/agent-protocol.ts'
import { AgentRequest, type Work } from '#core/contracts/agent-request.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { TOOLS, ToolName } from '#core/contracts/submission.ts'

const AGENT = join(import.meta.dirname, '../../../../containers/agent')
/** As the supervisor sets it: the right node first, then the commands of the image. */
const PATH = [dirname(process.execPath), join(AGENT, 'bin'), process.env.PATH].join(delimiter)
export const NO_WORK: Work = {
  project: { id: 'handbook', notes: '' },
  signals: [],
  plans: [],
  findings: [],
  summaries: [],
}

/** Runs one turn of the janitor as a process; its words are parsed by their contracts. */
export function runJanitor(root: string, phase: Phase, work: Partial<Work> = {}, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'janitor-outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const request = AgentRequest.parse({
    protocol: 1,
    runId: 'run-1',
    turnId: 'turn-1',
    attempt: 1,
    phase,
    nonce: 'nonce-1',
    workspace: root,
    outbox: folder,
    prompt: '',
    work: { ...NO_WORK, ...work },
    limits: { progressSeconds: 600, toolSeconds: 1800, turnSeconds: 3600, usd: 10 },
  })
  const path = join(folder, 'request')
  writeFileSync(path, JSON.stringify(request))
  const ended = spawnSync(process.execPath, [join(AGENT, 'janitor/main.ts')], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH, VIGIL_REQUEST: path, ...env },
  })
  const events = ended.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => AgentEvent.parse(JSON.parse(line)))
  return { exit: ended.status, stderr: ended.stderr, events, ...readOutbox(folder) }
}

/** Runs a shell command as a plan's verification is run. */
export function runCommand(root: string, command: string) {
  const ended = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8', env: { PATH } })
  return { exit: ended.status, stdout: ended.stdout, stderr: ended.stderr }
}

function readOutbox(folder: string) {
  const names = readdirSync(folder).filter((name) => name !== 'request')
  const calls = names.map((file) => {
    const tool = ToolName.parse(/^(\w+)(?:\.\d+)?\.json$/.exec(file)?.[1])
    const { nonce, ...body } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    return { tool, nonce, body }
  })
  const of = <T extends ToolName>(tool: T): z.infer<(typeof TOOLS)[T]>[] =>
    calls
      .filter((call) => call.tool === tool)
      .map(({ body }) => TOOLS[tool].parse(body) as z.infer<(typeof TOOLS)[T]>)
  return {
    nonces: new Set(calls.map(({ nonce }) => nonce)),
    plan: of('submit_plan')[0],
    findings: of('report_finding'),
    closed: of('close_finding'),
    section: of('submit_section_summary')[0],
    report: of('submit_report')[0],
    completion: of('complete_turn')[0],
  }
}
