import { constants, readdirSync } from 'node:fs'
import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { AttemptRequest } from '#core/contracts/attempt-request.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { PLAN_MAX_CHARACTERS } from '#core/contracts/plan.ts'
import { ToolName } from '#core/contracts/submission.ts'
import { accept, noSubmissions, type Submissions } from './contract-tools/accept.ts'

/**
 * Reads `<tool>[.<n>].json` from the outbox, in order of name. No link is followed, no file over
 * the cap is read, a stale nonce counts as not handed in (T14).
 */
export const readOutbox = async (
  folder: string,
  { nonce, phase }: Pick<AttemptRequest, 'nonce' | 'phase'>,
): Promise<Submissions> => {
  const found = noSubmissions()
  const names = await readdir(folder).catch(() => []) // The agent may have removed it.
  const files = names.sort().flatMap((name) => {
    const tool = name.endsWith('.json') && ToolName.safeParse(name.split('.', 1)[0]).data
    return tool ? [{ name, tool }] : []
  })
  for (const { name, tool } of files.slice(0, FILES_MAX)) {
    const because = takeFile(found, phase, tool, await readFileSafely(join(folder, name)), nonce)
    if (because !== undefined) found.refused.push({ tool, because })
  }
  return found
}

/** Whether a completion lies in the outbox, valid or not. */
export const hasCompleted = (folder: string): boolean => {
  try {
    return readdirSync(folder).some((name) => /^complete_turn\b.*\.json$/.test(name))
  } catch {
    return false
  }
}

const takeFile = (
  found: Submissions,
  phase: Phase,
  tool: ToolName,
  text: string | Error,
  nonce: string,
): string | undefined => {
  if (text instanceof Error) return text.message
  const file = z.looseObject({ nonce: z.string() }).safeParse(jsonOf(text))
  if (!file.success) return 'it is no JSON object with a nonce'
  const { nonce: said, ...body } = file.data
  if (said !== nonce) return 'its nonce is that of another attempt'
  return accept(found, phase, tool, body)
}

const readFileSafely = async (path: string): Promise<string | Error> => {
  try {
    await using file = await open(
      path,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    )
    const stat = await file.stat()
    if (!stat.isFile()) return new Error(NO_FILE)
    if (stat.size > BYTES_MAX) return new Error(`it is over ${BYTES_MAX} bytes`)
    return await file.readFile('utf8')
  } catch {
    return new Error(NO_FILE)
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const NO_FILE = 'it is no plain file that can be read'
const FILES_MAX = 500
const BYTES_MAX = PLAN_MAX_CHARACTERS * 4
