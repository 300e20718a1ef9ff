/** Who has to act on a fault: nobody but time, the operator, who asked for the work, or the agent. */
export type Actor = 'Transient' | 'Operator' | 'Requester' | 'Agent' | 'Bug'

interface Policy {
  readonly acts: Actor
  /** Further attempts of the turn for this class; the counter is per class and turn. */
  readonly tries: number
  /** Seconds before the next attempt, doubled each time up to the project's cap. */
  readonly backoffSeconds: number
  /** What a person is told to do when it blocks. */
  readonly remedy: string
  /** Not tried again but with the next model of the chain; at its end perhaps after a wait (T13). */
  readonly chain?: 'next_model' | 'next_model_or_wait'
}

const policy = (acts: Actor, tries: number, backoffSeconds: number, remedy: string): Policy => ({
  acts,
  tries,
  backoffSeconds,
  remedy,
})

const chained = (chain: 'next_model' | 'next_model_or_wait', remedy: string): Policy => ({
  ...policy('Transient', 0, 0, remedy),
  chain,
})

/**
 * Every way an attempt can fail, who must act, and how often it is tried again ("Failure classes"
 * of the behaviours). A class is also the `error.name` that the workflows see.
 */
export const FAULTS = {
  'stall.progress': policy('Agent', 3, 10, 'Look at the transcript: the agent went silent.'),
  'stall.tool': policy('Agent', 3, 10, 'Look at the transcript: a tool call never came back.'),
  'stall.prepare': policy('Transient', 2, 1, 'See which stage of the set-up hangs.'),
  'stall.finish': policy('Transient', 2, 1, 'See whether the bucket can be reached.'),
  'worker.never_started': policy('Transient', 3, 10, 'See why tasks of this cluster do not start.'),
  'worker.lost': policy('Transient', 5, 1, 'See the stopped task and its log.'),
  'worker.reclaimed': policy('Transient', 5, 1, 'Spot capacity was reclaimed again and again.'),
  'worker.host': policy('Transient', 5, 1, 'The host under the task failed again and again.'),
  'worker.unresponsive': policy('Transient', 3, 1, 'See the log of the supervisor.'),
  'worker.fenced': policy('Transient', 3, 1, 'See whether tasks reach the table and the workflow.'),
  'worker.oom': policy('Operator', 1, 1, 'Give the project a larger task size.'),
  'worker.image': policy('Operator', 0, 0, 'See that the image exists and may be pulled.'),
  'launch.quota': policy('Operator', 0, 0, 'Ask for a higher Fargate quota.'),
  'launch.capacity': policy('Transient', 8, 10, 'Fargate had no capacity; try again later.'),
  'launch.throttled': policy('Transient', 8, 10, 'The ECS API is throttled; try again later.'),
  'provider.overloaded': chained('next_model_or_wait', "The model's provider is overloaded."),
  'provider.rate_limited': chained('next_model_or_wait', "The model's provider limits the rate."),
  'provider.quota': chained('next_model_or_wait', "The provider's quota is used up."),
  'provider.auth': policy(
    'Operator',
    0,
    0,
    "Give the project a working key of the model's provider.",
  ),
  'agent.config': policy(
    'Operator',
    0,
    0,
    "Mend the agent's set-up; its stderr says what is wrong.",
  ),
  'agent.permission': policy('Operator', 0, 0, 'Allow the tool in the configuration, or deny it.'),
  'model.unavailable': chained('next_model', 'Name a model that the provider has.'),
  'agent.context_full': policy('Agent', 1, 1, 'Split the plan into smaller sections.'),
  'agent.max_steps': policy('Agent', 2, 1, 'Split the plan into smaller sections.'),
  'agent.crashed': policy('Agent', 2, 1, "See the agent's stderr."),
  'agent.no_output': policy('Agent', 2, 1, "See the agent's stderr."),
  'agent.bad_stream': policy('Agent', 2, 1, 'The agent does not speak the protocol.'),
  'agent.no_completion': policy('Agent', 1, 1, 'The agent ended without complete_turn.'),
  'agent.bad_completion': policy('Agent', 1, 1, "The agent's complete_turn does not parse."),
  'service.unavailable': policy(
    'Transient',
    5,
    1,
    'See whether table, bucket and workflows answer.',
  ),
  'workspace.clone': policy('Transient', 3, 1, 'See that the repository can be read.'),
  'workspace.missing': policy('Transient', 3, 1, 'A bundle of the cycle is gone from the bucket.'),
  'workspace.setup': policy('Requester', 1, 1, "Mend the project's setup command."),
  'workspace.hook': policy('Requester', 1, 1, "Mend the project's beforeTurn hook."),
  'workspace.too_large': policy('Requester', 0, 0, 'The repository is over the size limit.'),
  'workspace.unsafe': policy('Operator', 0, 0, 'The workspace was not where it should be.'),
  'turn.timed_out': policy('Agent', 1, 1, 'Split the plan, or give turns more time.'),
  'budget.exhausted': policy('Requester', 0, 0, 'Raise the budget, then resume the run.'),
  cancelled: policy('Requester', 0, 0, 'Fire again when you want it done.'),
  bug: policy('Bug', 0, 0, 'Report it with the run id: this is a fault of Vigil.'),
} as const satisfies Record<string, Policy>

export type FaultClass = keyof typeof FAULTS

/** Tells a class that the table knows from any other word. */
export const isFaultClass = (word: string): word is FaultClass => Object.hasOwn(FAULTS, word)

/** The only thing that is thrown on purpose: `name` is the class, so that workflows can name it. */
export class Fault extends Error {
  readonly code: FaultClass

  constructor(code: FaultClass, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = code
    this.code = code
  }
}

/** The class of anything thrown: what is not a Fault is a bug, settled and never retried. */
export const faultClass = (error: unknown): FaultClass =>
  error instanceof Error && isFaultClass(error.name) ? error.name : 'bug'
