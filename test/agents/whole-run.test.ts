import { execFileSync } from 'node:child_process'
import { expect, onTestFinished, test } from 'vitest'
import { AGENTS } from './runtimes.ts'
import { openAgentScene } from './scene.ts'
import { phaseOf, wholeRun } from './whole-run.ts'

test.each(AGENTS.map((agent) => [agent.id, agent] as const))(
  '%s: plan, code, a dirty audit, code, a clean one, final audit, fix, proof, report',
  async (_id, agent) => {
    const scene = await openAgentScene(agent, wholeRun(agent.shell))
    onTestFinished(() => scene.close())
    const { exit, answer, stderr } = await scene.run()
    expect(answer, stderr).toMatchObject({ outcome: 'executed', attention: null })
    expect(exit).toBe(0)
    const phases = [...stderr.matchAll(/^▸ (\w+)/gm)].map(([, phase]) => phase)
    expect(phases).toEqual([
      ...['discovery', 'code', 'audit', 'code', 'audit', 'final_audit', 'fix', 'final_audit'],
      ...['prove', 'report'],
    ])
    expect(await scene.fileAtHead(answer.cycle, 'GREETING.md')).toBe('Hello, reader.\nGoodbye.')
    expect(execFileSync('git', ['-C', scene.repo, 'status', '--porcelain']).toString()).toBe('')
  },
)

test.each(AGENTS.map((agent) => [agent.id, agent] as const))(
  '%s: a key that is refused is provider.auth, and is not tried again',
  async (_id, agent) => {
    const scene = await openAgentScene(agent, () => ({
      status: 401,
      body: { type: 'error', error: { type: 'authentication_error', message: 'no such key' } },
    }))
    onTestFinished(() => scene.close())
    const { exit, answer, stderr } = await scene.run()
    expect(answer, stderr).toMatchObject({
      outcome: 'blocked',
      reason: 'provider.auth',
      attempts: 1,
    })
    expect(exit).toBe(3)
  },
)

test.each(AGENTS.map((agent) => [agent.id, agent] as const))(
  '%s: an agent that forgets to complete is asked once more, in its session (T15)',
  async (_id, agent) => {
    const scene = await openAgentScene(agent, (asked) =>
      asked.texts.some((text) => text.includes('Your turn is not over')) && asked.results === 0
        ? { calls: [{ tool: 'complete_turn', input: NOOP }] }
        : { text: 'I am done.' },
    )
    onTestFinished(() => scene.close())
    const { answer, stderr } = await scene.run()
    expect(answer, stderr).toMatchObject({ outcome: 'no_plan', attempts: 1 })
    const last = scene.server.log.at(-1)
    expect(last && phaseOf(last)).toBe('discovery') // The first message is there in the second session.
  },
)

const NOOP = { status: 'done', summary: 'Nothing.', noop: { reason: 'Nothing is worth doing.' } }
