// The first task of a run begins its work after the second task of the same attempt.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isFirst } from './is-first.ts'

if (isFirst() && isFirstHere()) await new Promise((resolve) => setTimeout(resolve, 2_500))

function isFirstHere(): boolean {
  try {
    mkdirSync(join(process.env.FAULT_FOLDER ?? '', 'first-task'))
    return true
  } catch {
    return false
  }
}
