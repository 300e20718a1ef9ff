import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isSamePair, type Pair } from '#containers/agent/janitor/pair.ts'
import { plannedPairs } from '#containers/agent/janitor/planned-pairs.ts'
import { Completion } from '#core/contracts/completion.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { PlanProposal } from '#core/contracts/plan.ts'
import { commitAll } from './repository.ts'

const AGENT = join(import.meta.dirname, '../../containers/agent')
const PATH = `${dirname(process.execPath)}:${join(AGENT, 'bin')}:${process.env.PATH ?? ''}`
const MOST_PLANS = 20

/**
 * Runs the janitor on a repository as the plane does, turn by turn in processes, until it finds
 * nothing to plan; answers the pairs that it mended. Throws when a turn or a check says otherwise.
 */
export async function mendAll(root: string): Promise<Pair[]> {
  const mended: Pair[] = []
  for (let round = 0; round < MOST_PLANS; round++) {
    const { plan } = await turn(root, 'discovery')
    if (!plan) return mended
    const command = plan.verification[0]?.command ?? ''
    if ((await exitOf(root, 'sh', ['-c', command])) !== 1) throw new Error(`not red: ${command}`)
    const { completion } = await turn(root, 'code', plan)
    if (completion.status !== 'done') throw new Error(completion.summary)
    if ((await exitOf(root, 'sh', ['-c', command])) !== 0) throw new Error(`not green: ${command}`)
    await commitAll(root, plan.title)
    const again = plannedPairs(plan).filter((pair) => mended.some((it) => isSamePair(it, pair)))
    if (again.length > 0) throw new Error(`planned twice: ${JSON.stringify(again)}`)
    mended.push(...plannedPairs(plan))
  }
  throw new Error(`the janitor still plans after ${MOST_PLANS} plans`)
}

async function turn(root: string, phase: Phase, plan?: PlanProposal) {
  const outbox = await mkdtemp(join(tmpdir(), 'janitor-turn-'))
  try {
    const limits = { progressSeconds: 600, toolSeconds: 1_800, turnSeconds: 3_600, usd: 10 }
    const project = { id: 'project', notes: '' }
    const work = { project, signals: [], plans: [], findings: [], summaries: [], plan }
    const ids = { runId: 'run', turnId: 'turn', attempt: 1, nonce: 'nonce' }
    const request = {
      protocol: 1,
      ...ids,
      phase,
      workspace: root,
      outbox,
      prompt: '',
      work,
      limits,
    }
    await writeFile(join(outbox, 'request'), JSON.stringify(request))
    const env = { VIGIL_REQUEST: join(outbox, 'request') }
    const exit = await exitOf(root, process.execPath, [join(AGENT, 'janitor/main.ts')], env)
    if (exit !== 0) throw new Error(`the janitor's ${phase} exited with ${exit}`)
    const read = async (tool: string) => {
      const text = await readFile(join(outbox, `${tool}.json`), 'utf8').catch(() => 'null')
      const { nonce, ...body } = JSON.parse(text) ?? {}
      return nonce === undefined ? undefined : body
    }
    const submitted = await read('submit_plan')
    return {
      plan: submitted && PlanProposal.parse(submitted),
      completion: Completion.parse(await read('complete_turn')),
    }
  } finally {
    await rm(outbox, { recursive: true })
  }
}

function exitOf(cwd: string, program: string, args: string[], env = {}): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const stdio: ['ignore', 'ignore', 'inherit'] = ['ignore', 'ignore', 'inherit']
    const child = spawn(program, args, { cwd, env: { PATH, ...env }, stdio, timeout: 60_000 })
    child.on('error', reject)
    child.on('exit', resolve)
  })
}
