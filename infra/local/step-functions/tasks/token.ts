/** A task token: the execution that waits for it, and an unguessable id. */
export function newToken(execution: number, id: string): string {
  return Buffer.from(`${execution}:${id}`).toString('base64url')
}

/** The execution that a token names; nothing when the text can't be a token. */
export function readToken(token: string): number | undefined {
  const match = /^(\d+):.+$/.exec(Buffer.from(token, 'base64url').toString())
  return match ? Number(match[1]) : undefined
}
