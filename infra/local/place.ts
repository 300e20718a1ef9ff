/** Where the local plane says that it is. */
export const PLACE = { region: 'local', account: '000000000000' } as const

/** ARN of an in-process function. */
export const functionArn = (name: string): string =>
  `arn:aws:lambda:${PLACE.region}:${PLACE.account}:function:${name}`

/** What the SDK signs with where nobody looks at it: the table engine. */
export const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const
