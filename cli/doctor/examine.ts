import { judgeAgents, judgeKeys } from './agents.ts'
import { fileSkew, judgeClock } from './clock.ts'
import { type Diagnosis, fail, type Judgement, ok } from './diagnosis.ts'
import { judgeEngine, probeEngine } from './engine.ts'
import { judgeFolder, probeFolder } from './folder.ts'
import { judgeLock } from './lock.ts'
import { judgeNode } from './node.ts'
import { findProcesses, judgeProcess, judgeProcesses } from './processes.ts'
import { findProgram, gitVersion, judgeGit } from './programs.ts'
import { judgeSandbox, probeSandbox } from './sandbox.ts'
import { lookAround, type Scene } from './scene.ts'
import { judgeLeases, judgeRuns, judgeSlots, probeStrays, type Seen } from './strays.ts'
import { whoseProcess } from './whose-process.ts'

/** Every check of a data folder and its plane, in the order in which they are told. Mends nothing. */
export const examine = async (home: string): Promise<Diagnosis[]> => {
  const scene = await lookAround(home)
  const seen = await probeStrays(scene)
  const diagnoses: Diagnosis[] = []
  for (const [check, judge] of CHECKS)
    diagnoses.push({ check, ...(await safely(() => judge(scene, seen))) })
  return diagnoses
}

const CHECKS: readonly (readonly [
  string,
  (scene: Scene, seen: Seen) => Judgement | Promise<Judgement>,
])[] = [
  ['node', () => judgeNode(process.versions.node)],
  ['git', ({ environment }) => judgeGit(gitVersion(environment))],
  ['data folder', ({ home }) => judgeFolder(probeFolder(home))],
  ['plane', (scene) => judgeLock({ ...scene, answers: scene.plane !== undefined })],
  ['table engine', async (scene) => judgeEngine(await probeEngine(scene))],
  ['clocks', ({ home, skewMs }) => judgeClock({ 'file system': fileSkew(home), plane: skewMs })],
  ['sandbox', ({ environment }) => judgeSandbox(probeSandbox(environment))],
  [
    'agents',
    ({ projects, environment }) =>
      projects
        ? judgeAgents(projects, (program) => findProgram(program, environment) !== undefined)
        : UNKNOWN,
  ],
  ['keys', ({ projects, environment }) => (projects ? judgeKeys(projects, environment) : UNKNOWN)],
  ['processes', (scene) => processes(scene)],
  ['runs', (_, seen) => judgeRuns(seen)],
  ['leases', (_, seen) => judgeLeases(seen)],
  ['slots', (_, seen) => judgeSlots(seen)],
]

const UNKNOWN = ok('not looked at: no plane tells its projects')

const processes = async (scene: Scene): Promise<Judgement> => {
  const found = await Promise.all(
    findProcesses().map(async (it) => ({ it, whose: await whoseProcess(scene, it) })),
  )
  const mine = found.filter(({ whose }) => whose.of !== 'other' || !whose.planeRuns)
  return judgeProcesses(mine.map(({ it, whose }) => judgeProcess(it, whose)))
}

/** A check that cannot be made is no check that passed. */
const safely = async (judge: () => Judgement | Promise<Judgement>): Promise<Judgement> => {
  try {
    return await judge()
  } catch (error) {
    return fail(`could not be looked at: ${String(error)}`, 'See the message.')
  }
}
