import { z } from 'zod'

/** What an agent is run by: each has an image. */
export const Runtime = z.enum(['janitor', 'command', 'claude'])
export type Runtime = z.infer<typeof Runtime>

/** The Dockerfile's target that each runtime's image is built from. */
export const TARGETS = {
  janitor: 'janitor',
  command: 'janitor',
  claude: 'claude',
} as const satisfies Record<Runtime, string>

/** The image of each runtime. */
export type Images = Readonly<Record<Runtime, string>>
