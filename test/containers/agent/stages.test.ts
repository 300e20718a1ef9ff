import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runStages } from '#containers/agent/stages.ts'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Check } from '#core/contracts/plan.ts'
import { Source } from '#core/contracts/project.ts'
import { attemptKeys } from '#functions/store/keys.ts'
import { aPlan } from '#test/core/contracts/a-plan.ts'
import { aWork } from './a-request.ts'
import { DONE, openAttemptBench, scripted } from './open-attempt-bench.ts'
import { processGone } from './processes/process-gone.ts'
import { makeRepository } from './workspace/make-repository.ts'

const check = (command: string): Check => ({ command, expect: 'stays_green', files: [] })

/** Runs an attempt's stages on a fresh source with an agent that is this script. */
const stagesOf = async (script: string, change: Partial<AttemptRequest> = {}) => {
  const origin = makeRepository({ 'README.md': 'a [link](b.md)\n', '.gitignore': 'dist/\n' })
  const source = Source.parse({ location: origin.path })
  const opened = await openAttemptBench({
    agent: scripted(script),
    origin: { kind: 'source', source },
    source,
    ...change,
  })
  const file = (name: string) => readFileSync(join(opened.bench.folders.root, name), 'utf8')
  return {
    ...opened,
    origin,
    file,
    base: origin.git('rev-parse', 'HEAD'),
    outcome: runStages(opened.bench),
  }
}

describe('a coding attempt', () => {
  const EDIT = `echo mended > README.md; mkdir dist; echo x > dist/app.js; echo new > 'ä b.md'\n${DONE}`

  test('C2, E2: is committed and stored, then verified, which adds nothing to it', async () => {
    const verification = [check('grep -q mended README.md && touch litter'), check('exit 3')]
    const work = aWork({ plan: aPlan() })
    const { outcome, repo, bucket, base, bench, updates } = await stagesOf(EDIT, {
      verification,
      work,
    })
    const { head, ...rest } = await outcome
    expect(rest).toMatchObject({
      completion: { status: 'done' },
      diff: { files: ['README.md', 'ä b.md'], insertions: 2, deletions: 1 },
      verification: [{ exit: 0 }, { exit: 3 }],
      treeChanged: [],
      exit: { code: 0 },
    })
    expect(head?.commit).toBe(repo.git('rev-parse', 'HEAD'))
    expect(repo.git('diff', '--name-only', base, 'HEAD')).toBe('README.md\nä b.md')
    expect(repo.git('log', '-1', '--format=%s%n%b')).toMatch(
      /^Mend 2 broken links\nDone\.\n\nVigil/,
    )
    expect(bucket.keys()).toEqual([head?.key])
    expect(bench.observation.watch).toMatchObject({ stage: 'verifying', commands: 2 })
    expect(updates).toMatchObject([
      [bench.request.attemptId, { set: { checkpoint: { commit: head?.commit } } }],
    ])
  })

  test('A7, E12: has its key in its agent, and nowhere else', async () => {
    const keys = ['MODEL_KEY']
    const show = 'echo "$MODEL_KEY|${OTHER_KEY-}"'
    const { outcome, file } = await stagesOf(`${show} > "$HOME/keys"\n${DONE}`, {
      keys,
      setup: 'echo "${MODEL_KEY-none}" > "$HOME/set-up"',
      verification: [check('echo "${MODEL_KEY-none}"')],
    })
    expect(await outcome).toMatchObject({ verification: [{ tail: 'none\n' }] })
    expect([file('home/keys'), file('home/set-up')]).toEqual(['sk-1|\n', 'none\n'])
  })

  test('leaves no process of its verification behind', async () => {
    const daemon = 'echo $$ > "$HOME/pid"; while :; do sleep 0.2; done'
    const verification = [check(`setsid sh -c '${daemon}' & until [ -s "$HOME/pid" ]; do :; done`)]
    const { outcome, file } = await stagesOf(DONE, { verification })
    expect(await outcome).toMatchObject({ verification: [{ exit: 0 }] })
    await processGone(Number(file('home/pid')))
  })

  test('that changed nothing has no head', async () => {
    const { outcome } = await stagesOf(DONE)
    expect(await outcome).toMatchObject({ diff: { files: [] }, completion: { status: 'done' } })
    expect(await outcome).not.toHaveProperty('head')
  })

  test('C4: begins with the set-up, and not when that fails', async () => {
    const setup = 'echo ready > "$HOME/set-up"'
    const ready = await stagesOf(`test "$(cat "$HOME/set-up")" = ready\n${DONE}`, { setup })
    expect(await ready.outcome).toMatchObject({ completion: { status: 'done' } })
    const failed = await stagesOf(DONE, { setup: 'echo no such registry >&2; exit 4' })
    await expect(failed.outcome).rejects.toMatchObject({
      code: 'workspace.setup',
      message: 'no such registry\n',
    })
  })
})

describe('D4, E9: an attempt that may only look', () => {
  test('has what it changed thrown away, and said', async () => {
    const { outcome, bucket, updates } = await stagesOf(
      `git mv README.md 'ä.md'; echo x > new.md\n${DONE}`,
      { phase: 'audit' },
    )
    expect((await outcome).treeChanged.sort()).toEqual(['README.md', 'new.md', 'ä.md'])
    expect(await outcome).not.toHaveProperty('head')
    expect(bucket.keys()).toEqual([])
    expect(updates).toEqual([])
  })

  test('cannot hide what it changed', async () => {
    const { outcome } = await stagesOf(
      `git config status.showUntrackedFiles no; echo x > new.md\n${DONE}`,
      { phase: 'final_audit' },
    )
    expect((await outcome).treeChanged).toEqual(['new.md'])
  })

  test('has its commits thrown away, and said', async () => {
    const commit = 'git -c user.name=a -c user.email=a@b.invalid commit -q --allow-empty -m Mine'
    const { outcome } = await stagesOf(`${commit}\n${DONE}`, { phase: 'audit' })
    expect(await outcome).toMatchObject({
      treeChanged: [],
      notes: ['it made commits, which were thrown away'],
    })
  })
})

describe('a discovery', () => {
  const plan = JSON.stringify(aPlan()).slice(1, -1)

  test('C2: that made a plan stores the history that it is based on', async () => {
    const { outcome, bucket, base, bench } = await stagesOf(
      `hand_in submit_plan '${plan}'\n${DONE}`,
      {
        phase: 'discovery',
      },
    )
    const baseKey = attemptKeys(bench.request.attemptId).base
    expect(await outcome).toMatchObject({
      plan: aPlan(),
      repository: { originHead: base, branch: 'main', baseIsAncestor: true, baseKey },
    })
    expect(bucket.keys()).toEqual([baseKey])
  })

  test('D5: without a plan stores nothing', async () => {
    const { outcome, bucket, base } = await stagesOf(DONE, { phase: 'discovery' })
    expect(await outcome).toMatchObject({ repository: { originHead: base } })
    expect((await outcome).repository).not.toHaveProperty('baseKey')
    expect(bucket.keys()).toEqual([])
  })
})

test('E12: a proof has no agent', async () => {
  const verification = [check('test -e README.md')]
  const work = aWork({ plan: aPlan({ verification }) })
  const { outcome, bench } = await stagesOf('exit 1', { phase: 'prove', work, verification })
  expect(await outcome).toMatchObject({ proof: { proved: true }, diff: { files: [] } })
  expect(bench.observation.watch).toMatchObject({ stage: 'verifying', commands: 3 })
})
