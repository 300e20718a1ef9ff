import { ListTasksCommand } from '@aws-sdk/client-ecs'
import type { Attempt } from '#core/contracts/attempt.ts'
import { attemptEnded } from '#core/decisions/transition.ts'
import { slotHolders } from '#functions/store/slots.ts'
import { checkpointsKept } from './checkpoints-kept.ts'
import type { FaultRow } from './row.ts'
import { type Scene, until } from './scene.ts'

/** The laws of an ended run, looked at from outside: answers which are broken, and how. */
export const brokenLaws = async (row: FaultRow, scene: Scene): Promise<string[]> => {
  const { client, services, runId } = scene
  const { run, turns, attempts } = await client.run(runId)
  const events = await client.events(runId, 0, 0)
  const lease = await services.store.leases.get('fault')
  const plan = run.planId === undefined ? undefined : await client.plan(run.planId)
  const report = await client.report(runId).catch(() => undefined)
  const ends = events.filter(({ kind }) => kind === 'run.ended')
  const target = scene.target()
  const said = target?.class ?? 'none'
  return [
    ...law(run.status === row.ends, `the run ended as ${run.status} (${run.reason})`),
    ...law(row.reason === undefined || run.reason === row.reason, `its reason is ${run.reason}`),
    ...law(said === row.class, `the attempt ended as ${said}: ${target?.reason}`),
    ...law(ends.length === 1, `${ends.length} terminal events`),
    ...law(ends[0]?.to === run.status, `the terminal event says ${ends[0]?.to}`),
    ...law(lease?.runId === undefined, 'the lease is not free'),
    ...law(!(await slotHolders(services.store.table)).includes(runId), 'the slot is not free'),
    ...law(report?.report.outcome === run.status, `the report says ${report?.report.outcome}`),
    ...law(plan?.status !== 'executing', 'the plan is still executing'),
    ...numbered(
      'event',
      events.map(({ sequence }) => sequence),
    ),
    ...numbered(
      'turn',
      turns.map(({ number }) => number),
    ),
    ...turns.flatMap(({ id }) => numbered(id, numbersOf(attempts, id))),
    ...fenced(attempts),
    ...(await scene.table.lost()).map((event) => `event ${event} was lost`),
    ...attempts.filter(({ state }) => !attemptEnded(state)).map(({ id }) => `${id} has not ended`),
    ...turns.filter(({ status }) => status === 'running').map(({ id }) => `${id} has not ended`),
    ...(await quiet(scene)),
    ...apart(scene),
    ...budgetKept(attempts, run.config.budget.usd),
    ...(await checkpointsKept(scene, attempts)),
    ...scene.plane().differs,
  ]
}

const law = (holds: boolean, otherwise: string): string[] => (holds ? [] : [otherwise])

const numbered = (what: string, numbers: readonly number[]): string[] =>
  law(
    numbers.every((number, index) => number === index + 1),
    `${what} numbers: ${numbers.join(', ')}`,
  )

type SeenAttempt = Omit<Attempt, 'taskToken'>

const numbersOf = (attempts: readonly SeenAttempt[], turnId: string): number[] =>
  attempts.filter((attempt) => attempt.turnId === turnId).map(({ number }) => number)

const fenced = (attempts: readonly SeenAttempt[]): string[] => {
  const tokens = attempts.map(({ fencingToken }) => fencingToken)
  const grow = tokens.every((token, index) => token > (tokens[index - 1] ?? 0))
  return law(grow, `fencing tokens: ${tokens.join(', ')}`)
}

/** A supervisor ends by itself within moments of its answer. */
const quiet = async ({ services, processes, runId }: Scene): Promise<string[]> => {
  const alive = () => processes.ofRun(runId).filter(({ goneAt }) => goneAt === undefined)
  const tasks = async () => {
    const { taskArns = [] } = await services.tasks.send(new ListTasksCommand({ cluster: 'vigil' }))
    return taskArns
  }
  const nothing = async () => alive().length === 0 && (await tasks()).length === 0
  await until('nothing of the run is alive', nothing, QUIET_SECONDS).catch(() => undefined)
  return [
    ...alive().map(({ part, pid, attemptId }) => `${part} ${pid} of ${attemptId} is alive`),
    ...(await tasks()).map((arn) => `the task ${arn} is alive`),
  ]
}

const QUIET_SECONDS = 3

/** Agents of two attempts never work at once. */
const apart = ({ processes, runId }: Scene): string[] => {
  const agents = processes.ofRun(runId).filter(({ part }) => part === 'agent')
  const met = agents.flatMap((one) =>
    agents.filter(
      (other) =>
        other.attemptId !== one.attemptId &&
        other.firstAt > one.firstAt &&
        other.firstAt < (one.goneAt ?? Number.POSITIVE_INFINITY),
    ),
  )
  return law(met.length === 0, `two agents at once: ${met.map(({ attemptId }) => attemptId)}`)
}

/** Within one turn: no attempt was launched once all was spent. */
const budgetKept = (attempts: readonly SeenAttempt[], budget: number): string[] => {
  let spent = 0
  const over = attempts.filter(({ usd }) => {
    const late = spent >= budget
    spent += usd
    return late
  })
  return over.map(({ id }) => `${id} was launched over the budget`)
}
