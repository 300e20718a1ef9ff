import { z } from 'zod'

/** What makes work likely (G7, G18). */
export const SignalKind = z.enum([
  'push',
  'issue',
  'pull_request',
  'check',
  'alarm',
  'chat',
  'configuration',
  'wake',
])
export type SignalKind = z.infer<typeof SignalKind>

/** Something from outside. Its text is untrusted wherever it goes. */
export const Signal = z.strictObject({
  id: z.string(),
  projectId: z.string(),
  kind: SignalKind,
  source: z.string().max(200),
  text: z.string().max(500),
  at: z.iso.datetime(),
})
export type Signal = z.infer<typeof Signal>
