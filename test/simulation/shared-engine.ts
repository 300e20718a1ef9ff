import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STEPS } from '#infra/local/functions.ts'
import { type Engine, openEngine } from '#infra/local/step-functions/engine.ts'
import type { ExecutionStatusChange } from '#infra/local/step-functions/journal/status-changes.ts'
import { type VirtualClock, virtualClock } from '#test/infra/local/step-functions/virtual-clock.ts'
import { ROOT } from '#test/sources.ts'

/** What an engine calls: the functions and the bus of the plane that has it now. */
interface Serving {
  call(name: string, event: unknown): Promise<unknown>
  publish(change: ExecutionStatusChange): void
}

/** An engine, its clock, and whom it serves. */
export interface EngineInUse {
  readonly engine: Engine
  readonly clock: VirtualClock
  readonly newId: () => string
  serving: Serving | undefined
}

let idle: EngineInUse | undefined

/**
 * An engine with the real workflows, at the begin of a day. To load them takes longer than to play a
 * story: the engine of a plane that ended well serves the next one.
 */
export const takeEngine = (): EngineInUse => {
  const taken = idle ?? openOne()
  idle = undefined
  taken.clock.jump(DAY_SECONDS - ((taken.clock.now() / 1000) % DAY_SECONDS))
  return taken
}

/** Gives an engine back; one whose plane came to grief is closed. */
export const giveEngine = async (given: EngineInUse, well: boolean): Promise<void> => {
  given.serving = undefined
  if (well) idle = given
  else await given.engine.close()
}

const DAY_SECONDS = 86_400

const openOne = (): EngineInUse => {
  const clock = virtualClock()
  let ids = 0
  const newId = () => {
    ids += 1
    return String(ids).padStart(26, '0')
  }
  const engine = openEngine({
    ...PLACE,
    path: ':memory:',
    definitions: WORKFLOWS,
    functions: (arn) => {
      const name = Object.keys(STEPS).find((step) => functionArn(step) === arn)
      return name === undefined ? undefined : async (event) => opened.serving?.call(name, event)
    },
    publish: (change) => opened.serving?.publish(change),
    clock,
    newId,
    random: () => 0.5,
  })
  const opened: EngineInUse = { engine, clock, newId, serving: undefined }
  engine.start()
  return opened
}

const PLACE = { region: 'simulation', account: '000000000000' }

const functionArn = (name: string): string =>
  `arn:aws:lambda:${PLACE.region}:${PLACE.account}:function:${name}`

const WORKFLOWS = ['pipeline', 'turn'].map((name) => ({
  name,
  text: readFileSync(join(ROOT, `infra/workflows/${name}.asl.yaml`), 'utf8'),
  substitutions: Object.fromEntries(Object.keys(STEPS).map((step) => [step, functionArn(step)])),
}))
