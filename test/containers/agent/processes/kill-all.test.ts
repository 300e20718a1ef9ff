import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { killAll, MARKER } from '#containers/agent/processes/kill-all.ts'
import { makeFolder } from '#test/containers/agent/make-folder.ts'
import { processGone } from './process-gone.ts'

const ATTEMPT = `run-1-t1-a${process.pid}`
const PATH = '/usr/bin:/bin'
/** Writes its own id where it is told to, ignores SIGTERM and stays. */
const STUBBORN = `trap '' TERM; echo $$ > "$1.part"; mv "$1.part" "$1"; while :; do sleep 0.2; done`

/** Starts a shell as an agent is started; each process that it names in a file is known by that. */
const start = async (script: string, names: string[], marker = ATTEMPT) => {
  const folder = makeFolder()
  const child = spawn('/bin/sh', ['-c', script], {
    cwd: folder,
    env: { PATH, STUBBORN, [MARKER]: marker },
    detached: true,
    stdio: 'ignore',
  })
  const leader = child.pid ?? 0
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  const pidOf = (name: string) => Number(readFileSync(join(folder, name), 'utf8'))
  onTestFinished(() => {
    for (const pid of [leader, ...names.filter((it) => existsSync(join(folder, it))).map(pidOf)])
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It is gone, as it should.
      }
  })
  for (const name of names)
    await expect.poll(() => existsSync(join(folder, name)), { interval: 5 }).toBe(true)
  return { leader, ended, pidOf }
}

test('T5: a whole tree dies, also what is detached and ignores SIGTERM', async () => {
  const tree = await start(
    `setsid sh -c "$STUBBORN" sh detached & sh -c "$STUBBORN" sh stubborn & exec sleep 60`,
    ['detached', 'stubborn'],
  )
  expect(await killAll({ attemptId: ATTEMPT, group: tree.leader }, 200)).toBeGreaterThanOrEqual(3)
  await processGone(tree.pidOf('detached'))
  await processGone(tree.pidOf('stubborn'))
  expect(await tree.ended).toBe('SIGTERM')
  expect(await killAll({ attemptId: ATTEMPT, group: tree.leader }, 200)).toBe(0)
})

test('T5: what is left when the agent itself has gone dies, too', async () => {
  const tree = await start('setsid sh -c "$STUBBORN" sh detached & wait', ['detached'])
  process.kill(tree.leader, 'SIGKILL')
  await tree.ended
  expect(await killAll({ attemptId: ATTEMPT }, 50)).toBeGreaterThanOrEqual(1)
  await processGone(tree.pidOf('detached'))
})

test('T5: a member of the process group dies although it hides its mark', async () => {
  const tree = await start('env -i sh -c "$STUBBORN" sh hidden & exec sleep 60', ['hidden'])
  expect(await killAll({ attemptId: ATTEMPT, group: tree.leader }, 50)).toBeGreaterThanOrEqual(2)
  await processGone(tree.pidOf('hidden'))
})

test('T5: what ends at SIGTERM is given the time to', async () => {
  const tree = await start(
    `trap 'echo cleaned > cleaned; exit 0' TERM; echo $$ > ready; while :; do sleep 0.05; done`,
    ['ready'],
  )
  const killed = killAll({ attemptId: ATTEMPT, group: tree.leader })
  expect(await tree.ended).toBeNull()
  expect(await killed).toBeGreaterThanOrEqual(1)
})

test('the agent of another attempt is left alone', async () => {
  const other = await start('sh -c "$STUBBORN" sh other & wait', ['other'], `${ATTEMPT}0`)
  expect(await killAll({ attemptId: ATTEMPT }, 50)).toBe(0)
  expect(() => process.kill(other.pidOf('other'), 0)).not.toThrow()
})

test('T5: a process cannot hide behind a name that looks like a state', async () => {
  const name = 'a) Z (b'
  const tree = await start(
    'ln -s /bin/sh "a) Z (b"; setsid "./a) Z (b" -c "$STUBBORN" sh named & exec sleep 60',
    ['named'],
  )
  expect(readFileSync(`/proc/${tree.pidOf('named')}/stat`, 'utf8')).toContain(`(${name}) `)
  await killAll({ attemptId: ATTEMPT, group: tree.leader }, 50)
  await processGone(tree.pidOf('named'))
})

test.runIf(process.getuid?.() === 0)(
  'T5: an agent with a uid of its own is found by that',
  async () => {
    const uid = 54_321
    const tree = await start(
      `chmod 777 .; exec setpriv --reuid=${uid} --clear-groups env -i setsid sh -c "$STUBBORN" sh other`,
      ['other'],
    )
    expect(await killAll({ attemptId: 'run-9-t1-a1', uid }, 50)).toBeGreaterThanOrEqual(1)
    await processGone(tree.pidOf('other'))
  },
)
