import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { agentTurn } from '#containers/agent/agent-turn.ts'
import { suspectsOf } from '#containers/agent/bench.ts'
import { killAll } from '#containers/agent/processes/kill-all.ts'
import { nudge } from '#containers/agent/prompt.ts'
import { AgentRequest } from '#core/contracts/agent-request.ts'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { FaultClass } from '#core/faults.ts'
import { DONE, fixture, openAttemptBench, scripted } from './open-attempt-bench.ts'
import { processGone } from './processes/process-gone.ts'

const until = (fact: () => unknown) => expect.poll(fact, { interval: 10, timeout: 20_000 })

/** Runs an agent for one turn in an empty workspace. */
const turnOf = async (agent: string, change: Partial<AttemptRequest> = {}) => {
  const { bench, repo } = await openAttemptBench({ agent, phase: 'report', ...change })
  repo.git('init', '--quiet')
  const file = (name: string) => readFileSync(join(bench.folders.root, name), 'utf8')
  onTestFinished(() => void killAll(suspectsOf(bench), 0)) // Also where a test fails half-way.
  return { bench, file, turn: agentTurn(bench) }
}

test('an agent finds its request, is heard, and hands in', async () => {
  const { bench, turn, file } = await turnOf(
    scripted(`cat > /dev/null; cp "$VIGIL_REQUEST" "$HOME/request.json"
      echo '{"type":"session","id":"s-1"}'
      echo '{"type":"usage","usage":{"m":{"inputTokens":7,"usd":0.5}}}'
      echo '{"type":"tool_start","id":"1","name":"make","summary":"all"}'
      echo trouble >&2
      hand_in report_finding '"severity":"bug","title":"A leak","detail":"Look."'
      ${DONE}`),
    { phase: 'audit' },
  )
  expect(await turn).toMatchObject({
    submissions: {
      completion: { status: 'done', summary: 'Done.' },
      findings: [{ title: 'A leak' }],
      refused: [],
    },
    exit: { code: 0, signal: null },
    notes: [],
  })
  const request = AgentRequest.parse(JSON.parse(file('home/request.json')))
  expect(request).toMatchObject({
    workspace: bench.folders.repo,
    outbox: bench.folders.outbox,
    nonce: 'nonce-1',
    limits: { progressSeconds: 600, toolSeconds: 1_800, turnSeconds: 3_600, usd: 10 },
  })
  expect(bench.observation).toMatchObject({
    sessionId: 's-1',
    usage: { m: { inputTokens: 7, usd: 0.5 } },
    acts: [{ what: 'make all' }],
    watch: { stage: 'working' },
  })
  expect(file('stderr.log')).toBe('trouble\n')
  expect(file('transcript.jsonl').split('\n')).toHaveLength(4)
})

test('T7: an agent finds its model and what happened before', async () => {
  const given = {
    model: 'opus',
    restart: { class: 'stall.tool', note: 'It hung.' },
  }
  const copy = `cp "$VIGIL_REQUEST" "$HOME/request.json"\n${DONE}`
  const { turn, file } = await turnOf(scripted(copy), given)
  await turn
  expect(AgentRequest.parse(JSON.parse(file('home/request.json')))).toMatchObject(given)
  const bare = await turnOf(scripted(copy))
  await bare.turn
  const request = AgentRequest.parse(JSON.parse(bare.file('home/request.json')))
  for (const key of Object.keys(given)) expect(request).not.toHaveProperty(key)
})

describe('T14, T15: without a valid completion an agent failed', () => {
  test.each<[FaultClass, string, () => string]>([
    ['agent.no_completion', 'it just ends', () => scripted('echo "All is done."')],
    ['agent.bad_completion', 'it lies', () => fixture('lies')],
    [
      'agent.bad_completion',
      'its completion does not parse',
      () => scripted(`hand_in complete_turn '"status":"ok"'`),
    ],
    ['agent.crashed', 'it is killed at its start', () => fixture('dies')],
    ['agent.crashed', 'it exits with 1', () => scripted('exit 1')],
    ['provider.auth', 'its key is refused', () => scripted('exit 77')],
    ['agent.config', 'it is not there', () => 'command:/nowhere/agent'],
    [
      'agent.permission',
      'it asks and ends',
      () => scripted(`echo '{"type":"permission","tool":"x"}'`),
    ],
    ['agent.permission', 'it asks and waits, T19', () => fixture('asks')],
  ])('%s: %s', async (code, _when, agent) => {
    const { turn } = await turnOf(agent())
    await expect(turn).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/ended with (SIG|exit code \d)/),
    })
  })

  test('and what was refused says why', async () => {
    const { turn } = await turnOf(fixture('lies'))
    await expect(turn).rejects.toThrow(/complete_turn: its nonce is that of another attempt/)
  })
})

test('T14: a valid completion beats a non-zero exit, which is noted', async () => {
  const { turn } = await turnOf(scripted(`${DONE}\nexit 3`))
  expect(await turn).toMatchObject({
    submissions: { completion: { status: 'done' } },
    exit: { code: 3 },
    notes: ['the agent ended as agent.crashed, with a valid completion'],
  })
})

test('T5: what outlives an agent is killed before anything is read, and noted', async () => {
  const { turn, file } = await turnOf(
    scripted(`setsid sh -c 'echo $$ > "$HOME/pid"; while :; do sleep 0.2; done' &
      while [ ! -s "$HOME/pid" ]; do sleep 0.01; done
      ${DONE}`),
  )
  const { notes } = await turn
  expect(notes).toEqual([expect.stringMatching(/^\d processes of the agent outlived it/)])
  await processGone(Number(file('home/pid')))
})

test('D2: what was refused beside a valid completion is noted', async () => {
  const { turn } = await turnOf(scripted(`hand_in submit_report '"headline":""'\n${DONE}`))
  const { notes } = await turn
  expect(notes).toEqual([expect.stringMatching(/^submit_report was refused: .*headline/s)])
})

describe('T5: an agent that told its session', () => {
  /** Says its session and hangs; when it goes on it does what the script says. */
  const hanging = (resumed: string) =>
    scripted(`if grep -q '"resume"' "$VIGIL_REQUEST"; then
        cp "$VIGIL_REQUEST" "$HOME/resumed.json"
        ${resumed}
        exit 0
      fi
      echo '{"type":"session","id":"s-1"}'
      while :; do sleep 0.1; done`)
  const silent = async (agent: string) => {
    const { bench, turn, file } = await turnOf(agent)
    await until(() => bench.observation.sessionId).toBe('s-1')
    expect(bench.nudge('stall.progress')).toBe(true)
    return { bench, turn, file }
  }

  test('is interrupted, and goes on in it', async () => {
    const { bench, turn, file } = await silent(hanging(DONE))
    expect(await turn).toMatchObject({ submissions: { completion: { status: 'done' } }, notes: [] })
    const { resume } = AgentRequest.parse(JSON.parse(file('home/resumed.json')))
    expect(resume).toEqual({ sessionId: 's-1', message: nudge() })
    expect(bench.observation.nudge).toBe('unanswered')
  })

  test('is not interrupted a second time', async () => {
    const { bench, turn } = await silent(hanging('while [ ! -e "$HOME/end" ]; do sleep 0.02; done'))
    await until(() => existsSync(join(bench.folders.home, 'resumed.json'))).toBe(true)
    expect(bench.nudge('stall.progress')).toBe(false)
    writeFileSync(join(bench.folders.home, 'end'), '')
    await expect(turn).rejects.toMatchObject({ code: 'agent.no_completion' })
  })

  test.each(['budget.exhausted', 'worker.fenced'] as const)('ends for %s', async (fault) => {
    const { bench, turn } = await turnOf(hanging(DONE))
    await until(() => bench.observation.sessionId).toBe('s-1')
    expect(bench.nudge(fault)).toBe(false)
    const ended = expect(turn).rejects.toMatchObject({ code: 'agent.crashed' })
    await killAll(suspectsOf(bench))
    await ended
  })
})

test('T5: an agent without a session is not interrupted, but one that has completed is', async () => {
  const { bench, turn } = await turnOf(
    scripted(`while [ ! -e "$HOME/go" ]; do sleep 0.02; done
      ${DONE}
      while :; do sleep 0.1; done`),
  )
  await until(() => bench.group).toBeDefined()
  expect(bench.nudge('stall.progress')).toBe(false)
  writeFileSync(join(bench.folders.home, 'go'), '')
  await until(() => bench.nudge('stall.progress')).toBe(true)
  expect((await turn).notes).toEqual(['the agent ended as stall.progress, with a valid completion'])
})

describe('T15: an agent that told its session is asked once more', () => {
  const forgets = (resumed: string) =>
    scripted(`echo '{"type":"session","id":"s-1"}'
      grep -q '"resume"' "$VIGIL_REQUEST" || exit 0
      echo again >> "$HOME/asked"
      ${resumed}`)

  test('and completes', async () => {
    const { notes, submissions } = await (await turnOf(forgets(DONE))).turn
    expect(submissions.completion?.status).toBe('done')
    expect(notes).toEqual(['it was asked once more for complete_turn'])
  })

  test('and not a third time', async () => {
    const { turn, file } = await turnOf(forgets(''))
    await expect(turn).rejects.toMatchObject({ code: 'agent.no_completion' })
    expect(file('home/asked')).toBe('again\n')
  })
})

test.each<[string, FaultClass]>([
  ['{"type":"fault","class":"provider.quota","resetAt":"2026-03-02T18:00:00Z"}', 'provider.quota'],
  ['{"type":"fault","class":"agent.context_full"}', 'agent.context_full'],
])('what an agent says by type counts for more than its exit code: %s', async (line, code) => {
  const { turn } = await turnOf(scripted(`echo '{"type":"session","id":"s-1"}'; echo '${line}'`))
  await expect(turn).rejects.toMatchObject({ code })
})
