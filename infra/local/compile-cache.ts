import { fileURLToPath } from 'node:url'

/** Where compiled code is kept for the next process: beside what was installed, and with it gone. */
export const COMPILE_CACHE = fileURLToPath(
  new URL('../../node_modules/.cache/vigil', import.meta.url),
)
