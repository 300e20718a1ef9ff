import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, openClient } from '#cli/client.ts'
import { LocalSettings } from '#core/settings.ts'
import { openTableEngine } from '#infra/local/dynamodb/open-table-engine.ts'
import { taskVariables } from './configure.ts'
import { type PlaneProcess, startPlane } from './plane-process.ts'
import { type Interceptor, openProxy } from './proxy.ts'
import { makeRepository } from './repository.ts'
import type { FaultRow } from './row.ts'
import { findServices, giveTasks, type Services } from './services.ts'

/** Where proxies stand: before the table of all, before that of tasks, before tasks' other services. */
export type Before = 'table' | 'taskTable' | 'taskServices'

/** A folder with a repository, a plane at work on it, and proxies where a fault wants them. */
export interface Ground {
  readonly folder: string
  readonly home: string
  readonly repo: string
  readonly client: Client
  readonly services: Services
  proxy(before: Before): Interceptor
  plane(): PlaneProcess
  /** Starts another plane on the folder. */
  restart(): Promise<void>
  /** Something to be closed with it. */
  closing(closer: () => unknown): void
  close(): Promise<void>
}

/** Makes the ground for a fault. */
export const openGround = async (row: FaultRow): Promise<Ground> => {
  const folder = await mkdtemp(join(tmpdir(), 'vigil-fault-'))
  const closers: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    OPEN.delete(folder)
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  OPEN.set(folder, close)
  try {
    return { ...(await open(row, folder, closers)), closing: (each) => closers.push(each), close }
  } catch (error) {
    await close()
    throw error
  }
}

const OPEN = new Map<string, () => Promise<void>>()

/** Closes every ground that is still open. */
export const closeGrounds = async (): Promise<void> => {
  await Promise.allSettled([...OPEN.values()].map((close) => close()))
}

const open = async (row: FaultRow, folder: string, closers: (() => unknown)[]) => {
  const home = join(folder, 'data')
  const repo = join(folder, 'repo')
  mkdirSync(repo)
  makeRepository(repo)
  const proxies = new Map<Before, Interceptor>()
  const proxied = async (before: Before, target: string): Promise<string> => {
    const proxy = await openProxy(target)
    proxies.set(before, proxy)
    closers.push(proxy.close)
    return proxy.url
  }
  const engine = row.tableProxy
    ? await openTableEngine(folder, undefined, LocalSettings.parse({}))
    : undefined
  if (engine) closers.push(engine.stop)
  const settings = {
    VIGIL_BEAT_SECONDS: '0.2',
    VIGIL_CHECKPOINT_SECONDS: '0.5',
    ...(engine && {
      VIGIL_TABLE_ENGINE: 'endpoint',
      VIGIL_DYNAMODB_ENDPOINT: await proxied('table', engine.endpoint),
    }),
    ...row.settings,
  }
  const start = () => startPlane({ home, deliveries: row.deliveries ?? [], settings })
  let plane = await start()
  closers.push(() => plane.close())
  closers.push(() => {
    for (const proxy of proxies.values()) proxy.judge(() => 'pass')
  })
  const services = findServices(home, engine?.endpoint)
  const { aws, tables } = services
  await giveTasks(services, {
    ...taskVariables(row, folder),
    ...(row.taskProxies && {
      AWS_ENDPOINT_URL_DYNAMODB: await proxied('taskTable', tables),
      ...sameFor(await proxied('taskServices', aws)),
    }),
  })
  return {
    ...{ folder, home, repo, services, client: openClient(plane) },
    proxy: (before: Before) => {
      const proxy = proxies.get(before)
      if (!proxy) throw new Error(`there is no proxy before ${before}`)
      return proxy
    },
    plane: () => plane,
    restart: async () => {
      plane = await start()
    },
  }
}

const sameFor = (url: string) => ({ AWS_ENDPOINT_URL_S3: url, AWS_ENDPOINT_URL_SFN: url })
