import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Project } from '#core/contracts/project.ts'
import { environment } from '#core/settings.ts'
import { findPlane } from '#infra/local/data-folder.ts'
import { ask } from './ask.ts'
import { type Holder, holderOf } from './owner.ts'

/** What all checks start from. */
export interface Scene {
  /** The data folder. */
  readonly home: string
  readonly holder: Holder
  /** The plane that runs on it, if one answers. */
  readonly plane: { readonly url: string; readonly token: string } | undefined
  /** Where the holder of the folder should answer. */
  readonly address: string | undefined
  /** Server time minus local time when it answered, milliseconds. */
  readonly skewMs: number | undefined
  /** Undefined where no plane tells. */
  readonly projects: readonly Project[] | undefined
  /** The environment that agents get their keys and programs from: the plane's, or that of the next one. */
  readonly environment: NodeJS.ProcessEnv
}

/** Looks where a plane is and what it says of its projects. Starts none. */
export const lookAround = async (home: string): Promise<Scene> => {
  const holder = holderOf(home)
  const found = findPlane(home)
  const health = found && (await ask(found, '/v1/health', z.object({ ok: z.boolean() })))
  const plane = health?.value?.ok ? found : undefined
  const listed = plane && (await ask(plane, '/v1/projects', z.object({ items: z.array(Project) })))
  return {
    home,
    holder,
    plane,
    address: found?.url,
    skewMs: health?.date === undefined ? undefined : skewOf(health.date, Date.now()),
    projects: listed?.value?.items,
    environment: holder.held === 'alive' ? environmentOf(holder.pid) : environment(),
  }
}

/** The header has whole seconds: a difference within its second is none. */
const skewOf = (date: number, now: number): number => {
  if (now < date) return date - now
  return Math.min(0, date + 1_000 - now)
}

const environmentOf = (pid: number): NodeJS.ProcessEnv => {
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)
    return Object.fromEntries(entries.map((entry) => entry.split(/=(.*)/s).slice(0, 2)))
  } catch {
    return environment()
  }
}
