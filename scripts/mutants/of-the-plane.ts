import { file, type Mutant, simulation } from './mutant.ts'

/** Sabotages of decisions, steps, handlers and store. */
export const ofThePlane: readonly Mutant[] = [
  {
    name: 'settle-twice',
    does: 'a run that is over is ended again',
    file: 'functions/run/settle.ts',
    edits: [['    runEnded(run.status) ? undefined : terminal(', '    terminal(']],
    tests: [simulation],
  },
  {
    name: 'sweep-by-age',
    does: 'the sweeper ends a run because it is old',
    file: 'functions/sweep/sweep-run.ts',
    edits: [
      [
        "if (execution.status === 'RUNNING') return undefined",
        "if (execution.status === 'RUNNING' && store.now() - Date.parse(run.createdAt) < 3_600_000)\n    return undefined",
      ],
    ],
    tests: [simulation],
  },
  {
    name: 'retry-without-bound',
    does: 'an attempt that fails is made again for ever',
    file: 'core/decisions/after-attempt.ts',
    edits: [['counted > allowed || infrastructureOf(failures) > RELAUNCHES', 'counted > 1_000']],
    tests: [simulation, file('core/decisions/after-attempt')],
  },
  {
    name: 'stop-not-awaited',
    does: 'the next attempt starts while the old task runs',
    file: 'functions/steps/close-attempt.ts',
    edits: [
      [
        '!(await taskStoppedSoon(world, before))',
        '(await taskStoppedSoon(world, before)) === undefined',
      ],
    ],
    tests: [simulation, file('functions/steps/close-attempt')],
  },
  {
    name: 'cannot-tell-as-stopped',
    does: 'a task of which nothing is known is taken for stopped',
    file: 'functions/attempt/task-stopped.ts',
    edits: [["reason !== 'MISSING' || !forgotten", "reason !== 'MISSING'"]],
    tests: [simulation],
  },
  {
    name: 'event-without-transaction',
    does: 'events are written beside the change that they tell of',
    file: 'functions/store/change-run.ts',
    edits: [
      ['      ...eventWrites(store, run, actor, change.events),\n', ''],
      [
        '    if (done) return true\n',
        '    if (done)\n      for (const event of eventWrites(store, run, actor, change.events))\n        await store.table.transact([event])\n    if (done) return true\n',
      ],
    ],
    tests: [simulation],
  },
  {
    name: 'fencing-token-does-not-grow',
    does: 'every attempt of a project has the same token',
    file: 'functions/attempt/launch-attempt.ts',
    edits: [['lease.fencingToken + 1', 'lease.fencingToken']],
    tests: [simulation, file('functions/steps/open-attempt')],
  },
  {
    name: 'launch-without-client-token',
    does: 'a launch that is sent again starts a second task',
    file: 'functions/attempt/start-task.ts',
    edits: [['        clientToken: attemptId,\n', '']],
    tests: [simulation],
  },
  {
    name: 'cancel-at-the-next-step-only',
    does: 'an attempt is worked on after its run was cancelled',
    file: 'functions/run/cancel-run.ts',
    edits: [
      ['cancelRequested: true', 'cancelRequested: false'],
      ['of tokens)\n', 'of tokens.slice(0, 0))\n'],
    ],
    tests: [simulation],
  },
  {
    name: 'end-of-another-task-accepted',
    does: 'an attempt ends because some other task stopped',
    file: 'functions/events/on-task-stopped.ts',
    edits: [[' || known !== detail.taskArn', '']],
    tests: [simulation, file('functions/events/on-task-stopped')],
  },
  {
    name: 'slot-kept-in-a-wait',
    does: 'a run that waits for a provider keeps its slot',
    file: 'functions/turn/follow-turn.ts',
    edits: [[', giveSlot(store.table, turn.runId)', '']],
    tests: [simulation],
  },
  {
    name: 'cost-counted-twice',
    does: 'what an attempt spent is added twice',
    file: 'functions/attempt/spent-by.ts',
    edits: [['usd: run.usd + usd', 'usd: run.usd + 2 * usd']],
    tests: [simulation],
  },
  {
    name: 'cost-of-a-stopped-attempt-forgotten',
    does: 'what an attempt spent is not counted when its workflow was stopped',
    file: 'functions/run/stop-attempts.ts',
    edits: [['return { set, events', 'return { events']],
    tests: [simulation, file('functions/events/on-execution-ended')],
  },
  {
    name: 'stopping-task-not-listed',
    does: 'a task that was told to stop is not looked for any more',
    file: 'functions/attempt/task-stopped.ts',
    edits: [["(['RUNNING', 'STOPPED'] as const)", "(['RUNNING'] as const)"]],
    tests: [simulation],
  },
]
