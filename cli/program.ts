import { Command, CommanderError } from 'commander'
import { RUNTIMES } from '#core/contracts/project.ts'
import { PlaneError } from '#infra/local/plane-error.ts'
import { Unreachable } from './client.ts'
import { apply } from './commands/apply.ts'
import { approve } from './commands/approve.ts'
import { cancel } from './commands/cancel.ts'
import { doctor } from './commands/doctor.ts'
import { explain } from './commands/explain.ts'
import { report } from './commands/report.ts'
import { resume } from './commands/resume.ts'
import { run } from './commands/run.ts'
import { runs } from './commands/runs.ts'
import { start } from './commands/start.ts'
import { explainTranscript } from './commands/transcript.ts'
import { up } from './commands/up.ts'
import { watch } from './commands/watch.ts'
import { UsageError } from './usage-error.ts'

const program = new Command('vigil')
  .description('An always-on control plane for coding agents')
  .exitOverride()

const fireOptions = (command: Command): Command =>
  json(command)
    .option('--once', 'one fire, wait for its end, stop the plane, exit')
    .option('--repo <path>', 'repository to work on: a path or a URL (default: a sample)')
    .option('--copy', 'take the folder as it is, though it is no repository')
    .option('--agent <agent>', `${RUNTIMES.join(', ')} or command:<program>`)
    .option('--config <file>', "YAML file with the project's settings")
    .option('--unsandboxed', 'let an agent of a model run as you where there is no sandbox')
    .option('--task <text>', 'what to do; discovery plans that, or refuses it')
    .option('--propose', 'end with a plan that waits for `vigil approve`')
    .option('--force <gate>', 'pass this gate (repeatable)', gather)

const json = (command: Command): Command =>
  command.option('--json', 'answer as one JSON object on stdout, progress on stderr')

const gather = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value]

const number = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new UsageError(`${text} is no whole number up to 65535`)
  return value
}

/** Runs a command's action; its number is the exit code. */
const exits =
  <A extends unknown[]>(action: (...args: A) => Promise<number>) =>
  async (...args: A): Promise<void> => {
    process.exitCode = await action(...args)
  }

fireOptions(program.command('start'))
  .description('the plane, and on first use a run on a sample repository')
  .option('--port <port>', 'port of the API', number)
  .action(exits(start))
fireOptions(program.command('run'))
  .description('one fire of a repository, followed to its end')
  .action(exits(run))
json(program.command('transcript').command('explain <file>'))
  .description("an agent's recorded output as events, and what its end is judged to be")
  .requiredOption('--runtime <runtime>', `${RUNTIMES.join(', ')} or command`)
  .option('--model <model>', 'the model that it was told')
  .option('--exit <code>', 'how its process ended (default: 0)', number)
  .action(exits(explainTranscript))
json(program.command('up'))
  .description('the plane alone')
  .option('--port <port>', 'port of the API', number)
  .option('--until-idle', 'end when no run is live')
  .action(exits(up))
json(program.command('watch <run>')).description('a run as it happens').action(exits(watch))
json(program.command('runs'))
  .description('what ran, newest first')
  .option('--project <id>', 'only of this project')
  .option('--limit <count>', 'how many', number, 20)
  .action(exits(runs))
json(program.command('report <run>')).description("a run's report").action(exits(report))
json(program.command('explain <run>'))
  .description('the story of a run in plain words, and how to go on')
  .action(exits(explain))
json(program.command('apply <cycle>'))
  .description("bring a cycle's branch into the source repository")
  .option('--repo <path>', 'the repository that takes it')
  .action(exits(apply))
json(program.command('approve <plan>'))
  .description('execute a plan that waits')
  .action(exits(approve))
json(program.command('resume <run>'))
  .description('go on where a run stopped')
  .option('--force <gate>', 'pass this gate (repeatable)', gather)
  .action(exits(resume))
json(program.command('doctor'))
  .description('what is wrong here, and what to do about it')
  .action(exits(doctor))
json(program.command('cancel <run>')).description('stop a run').action(exits(cancel))

try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = exitOf(error)
  if (error instanceof CommanderError) {
    // Commander has said it.
  } else if (error instanceof Error) process.stderr.write(`vigil: ${error.message}\n`)
}

function exitOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof UsageError) return 2
  if (error instanceof PlaneError) return error.exit
  if (error instanceof Unreachable) return 4
  return 1
}
