import { expect, test } from 'vitest'
import { Retries } from '#core/contracts/project.ts'
import { afterAttempt } from '#core/decisions/after-attempt.ts'
import { placeAttempt } from '#core/decisions/place-attempt.ts'
import { wayOn } from '#core/decisions/way-on.ts'
import { FAULTS, type FaultClass, isFaultClass } from '#core/faults.ts'
import { REASON_WORDS } from '#core/reasons.ts'

const retries = Retries.parse({})

const ACTORS = {
  Transient: 'nobody: wait',
  Operator: 'operator: mend the set-up',
  Requester: 'requester: change the request',
  Agent: 'agent: asked again',
  Bug: 'whoever mends Vigil',
}

/** What comes of an attempt that failed as this for the `count`-th time in its turn. */
const after = (fault: FaultClass, count: number) =>
  afterAttempt({
    end: { class: fault },
    failures: { [fault]: count },
    retries,
    model: 0,
    models: 1,
    now: 0,
    waitedSeconds: 0,
  })

/** Attempts after the first, as the policy itself counts them. */
const triesOf = (fault: FaultClass): number => {
  for (let count = 1; ; count += 1) if (after(fault, count).verdict === 'over') return count - 1
}

const policyOf = (fault: FaultClass): { tries: string; backoff: string; next: string } => {
  const { chain } = FAULTS[fault]
  const spent = after(fault, 1_000)
  const end = spent.verdict === 'over' ? `the turn ends as \`${spent.outcome}\`` : ''
  if (chain === 'next_model_or_wait')
    return {
      tries: 'as long as T13 lets it wait',
      backoff: 'none',
      next: 'next model, at the end of the chain a wait until the known reset',
    }
  if (chain === 'next_model')
    return { tries: '1 per model', backoff: '1 s', next: `next model, then ${end}` }
  const tries = triesOf(fault)
  if (tries === 0) return { tries: '0', backoff: 'none', next: end }
  const first = after(fault, 1)
  const backoff = first.verdict === 'over' ? '' : `${first.seconds} s`
  return { tries: `${tries}`, backoff, next: `another attempt${placeOf(fault)}, then ${end}` }
}

/** Where the next attempt is put, when it is not where the last one was. */
const placeOf = (fault: FaultClass): string => {
  const placement = placeAttempt({ [fault]: 1 }, { cpu: '1024', memory: '2048' })
  if (placement?.size) return ' at the next larger size'
  return placement?.onDemand ? ' on demand' : ''
}

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`

const document = (): string =>
  [
    '# Failure classes',
    '',
    'Every way an attempt can fail. A class is also the `error.name` that the workflows see. Each has',
    'a counter of its own in a turn; besides, a turn has at most 12 relaunches for `worker.*` and',
    '`launch.*` together, and `retries.stalls` for both kinds of silence together. A backoff is doubled',
    `each time up to ${retries.backoffCapSeconds} s (\`retries.backoffCapSeconds\`); figures are those of the default settings.`,
    'This page is written by `npx vitest run test/docs --update`, from `core/faults.ts`.',
    '',
    row('class', 'who acts', 'tries', 'backoff', 'next', 'remedy'),
    row('---', '---', '---', '---', '---', '---'),
    ...Object.keys(FAULTS)
      .filter(isFaultClass)
      .map((fault) => {
        const { acts, remedy } = FAULTS[fault]
        const { tries, backoff, next } = policyOf(fault)
        return row(`\`${fault}\``, ACTORS[acts], tries, backoff, next, remedy)
      }),
    '',
    '## Other reasons',
    '',
    'Besides the classes a turn or a run can end for these.',
    '',
    row('reason', 'remedy'),
    row('---', '---'),
    ...REASON_WORDS.map((reason) =>
      row(`\`${reason}\``, wayOn({ id: 'run', status: 'blocked', reason }).remedy),
    ),
    '',
    'A run that stopped says its own on its first screen and in `vigil explain RUN`; when that is seen',
    'to, `vigil resume RUN` goes on with the same plan and branch, at the first section that is not done.',
    '',
  ].join('\n')

test('the page of failure classes says what the table of faults does', async () => {
  await expect(document()).toMatchFileSnapshot('../../docs/failure-classes.md')
})
