import { checkPairs } from './check-pairs.ts'
import { parsePair } from './pair.ts'
import { openRepository } from './repository.ts'

/** The `janitor` command: `janitor check 'FILE: OLD => NEW'…`, in the root of a checkout. */
const [command, ...args] = process.argv.slice(2)
const pairs = args.map(parsePair).filter((pair) => pair !== undefined)

if (command !== 'check' || pairs.length === 0 || pairs.length < args.length) {
  process.stderr.write("usage: janitor check 'FILE: OLD => NEW'…\n")
  process.exitCode = 2
} else {
  try {
    const states = checkPairs(await openRepository(process.cwd()), pairs)
    for (const state of states) {
      const { file, from, to } = state.pair
      const said = state.green ? 'green' : `red (${state.because})`
      process.stdout.write(`${said}: ${file}: ${from} => ${to}\n`)
    }
    process.exitCode = states.every(({ green }) => green) ? 0 : 1
  } catch (error) {
    process.stderr.write(`janitor: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
