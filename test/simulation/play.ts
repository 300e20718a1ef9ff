import { runEnded } from '#core/decisions/transition.ts'
import { Fault } from '#core/faults.ts'
import { happen } from './happen.ts'
import { brokenAgents } from './laws/agents.ts'
import { brokenByWrite } from './laws/commits.ts'
import { brokenAtEnd } from './laws/end.ts'
import { brokenByClaim, brokenByLaunch, brokenBySettling } from './laws/launches.ts'
import { brokenRecord } from './laws/record.ts'
import { viewOf } from './laws/view.ts'
import { outcomeOf } from './outcomes.ts'
import { openScene, type Scene } from './scene.ts'
import type { Happening, Schedule } from './schedule.ts'
import type { Launch } from './task.ts'

/** What a schedule came to. */
export interface Played {
  /** Laws that were broken, the first one first. */
  readonly broken: readonly string[]
  /** What happened, and in which state the newest attempt was. */
  readonly cells: readonly { readonly state: string; readonly it: Happening }[]
  /** Failure classes that attempts ended under. */
  readonly classes: readonly string[]
  readonly outcome: string
}

/** Plays a schedule to its end and judges it all along. */
export const play = async (schedule: Schedule): Promise<Played> => {
  const broken: string[] = []
  let scene: Scene | undefined
  const judge = (laws: readonly string[]): void => {
    for (const each of laws) if (!broken.includes(each)) broken.push(each)
  }
  const opened = await openScene(schedule, {
    committed: (changes) => {
      judge(changes.flatMap(brokenByWrite))
      if (!scene) return
      judge(brokenRecord(viewOf(scene.plane.table)))
      judge(brokenBySettling(scene, changes))
    },
    started: (task) => scene && judge(brokenByLaunch(scene, task)),
    claimed: (supervisor) => scene && judge(brokenByClaim(scene, supervisor)),
    looked: () => scene && judge(brokenAgents(scene)),
    broken: (each) => judge([each]),
  })
  scene = opened
  const cells: { state: string; it: Happening }[] = []
  for (const it of schedule.happenings) {
    if (broken.length > 0) break
    const state = scene.attempts().at(-1)?.state ?? 'none'
    if (await happen(scene, it)) cells.push({ state, it })
    if (!it.atOnce) await scene.plane.clock.settle()
  }
  if (broken.length === 0) await end(opened, broken)
  if (broken.length === 0) judge(brokenAtEnd(opened))
  const classes = opened.attempts().flatMap(({ class: fault }) => fault ?? [])
  const outcome = opened.run().status
  await opened.close(broken.length === 0)
  return { broken, cells, classes, outcome }
}

/** Plays on until nothing is left to happen, or it takes longer than everything may take. */
const end = async (scene: Scene, broken: readonly string[]): Promise<void> => {
  const { clock } = scene.plane
  const sweep = (): void => {
    scene.plane.call('sweep', {}).catch(() => undefined)
    clock.later(SWEEP_SECONDS, sweep)
  }
  sweep()
  const limit = clock.now() + LIMIT_HOURS * 3_600_000
  while (!atRest(scene) && broken.length === 0 && clock.now() < limit) {
    await clock.settle()
    goOn(scene)
    await clock.settle()
    if (!clock.next(limit)) clock.jump((limit - clock.now()) / 1000)
  }
  await clock.pass(LATE_SECONDS)
}

const SWEEP_SECONDS = 300

/** For what was told late. */
const LATE_SECONDS = 90

/** Deadline and waits of a run, and an attempt that was admitted at their very end. */
const LIMIT_HOURS = 8

const atRest = (scene: Scene): boolean =>
  runEnded(scene.run().status) &&
  scene.plane.ecs.tasks.every(({ lastStatus }) => lastStatus === 'STOPPED')

/** Classes that a task ends under before anything runs in it. */
const LAUNCHES: Partial<Record<Schedule['ending'], Launch>> = {
  'launch.capacity': 'capacity',
  'launch.throttled': 'throttled',
  'launch.quota': 'quota',
}

/** What becomes of every task from now on. */
const goOn = (scene: Scene): void => {
  const { ending } = scene.schedule
  const { ecs, clock, deliveries } = scene.plane
  if (ending === 'nothing answers') return
  ecs.launch = LAUNCHES[ending] ?? 'runs'
  for (const task of ecs.tasks) {
    const begun = scene.supervisors.some((other) => other.task === task)
    if (!begun && task.desiredStatus === 'RUNNING') scene.boot(task)
  }
  for (const supervisor of scene.supervisors) {
    if (supervisor.state !== 'at work' || supervisor.over || !supervisor.beats) continue
    if (ending === 'all goes well')
      void clock.work(supervisor.succeed(outcomeOf(scene, supervisor, { status: 'done' })))
    else if (ending === 'all die untold') {
      deliveries.ofTaskEnd = 'never'
      supervisor.die({ stopCode: 'EssentialContainerExited', stoppedReason: 'it exited' })
    } else supervisor.fail(new Fault(ending, 'as always'))
  }
}
