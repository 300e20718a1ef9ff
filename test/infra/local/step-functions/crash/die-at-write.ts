import { runScenario } from './scenario.ts'

/** `die-at-write PATH N`: runs the scenario and is killed as soon as the journal has been written N times. */
const [path = '', last = ''] = process.argv.slice(2)
await runScenario(path, (n) => {
  if (n === Number(last)) process.kill(process.pid, 'SIGKILL')
})
