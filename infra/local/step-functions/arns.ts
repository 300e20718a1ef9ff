/** Where the engine pretends to be: the parts that every ARN of it has. */
export type Place = { region: string; account: string }

/** The ARN of a state machine, of one version of it if `version` is given. */
export function stateMachineArn(place: Place, name: string, version?: number): string {
  const arn = `arn:aws:states:${place.region}:${place.account}:stateMachine:${name}`
  return version === undefined ? arn : `${arn}:${version}`
}

/** The ARN of an execution. */
export function executionArn(place: Place, machine: string, name: string): string {
  return `arn:aws:states:${place.region}:${place.account}:execution:${machine}:${name}`
}

/** The role that a state machine is said to have; nothing here looks at it. */
export function roleArn(place: Place, machine: string): string {
  return `arn:aws:iam::${place.account}:role/${machine}`
}

/** The ARN of a function for an ARN, a partial ARN or a bare name, a qualifier kept except `$LATEST`. */
export function functionArn(place: Place, name: string): string {
  const plain = name.replace(/:\$LATEST$/, '')
  if (plain.startsWith('arn:')) return plain
  const own = plain.replace(/^\d{12}:function:/, '')
  return `arn:aws:lambda:${place.region}:${place.account}:function:${own}`
}

/** Reads a state machine's ARN; nothing when the text is none. */
export function readStateMachineArn(arn: string): { name: string; version?: number } | undefined {
  const match = /^arn:aws:states:[a-z0-9-]+:\d{12}:stateMachine:([^:]+)(?::(\d+))?$/.exec(arn)
  if (!match?.[1]) return undefined
  return { name: match[1], ...(match[2] && { version: Number(match[2]) }) }
}

/** Reads an execution's ARN; nothing when the text is none. */
export function readExecutionArn(arn: string): { machine: string; name: string } | undefined {
  const match = /^arn:aws:states:[a-z0-9-]+:\d{12}:execution:([^:]+):([^:]+)$/.exec(arn)
  return match?.[1] && match[2] ? { machine: match[1], name: match[2] } : undefined
}
