import { type Judgement, warn } from './diagnosis.ts'

/** What stands between an agent and its user's files (E10, A7). */
export const judgeSandbox = ({ bubblewrap }: { bubblewrap: boolean }): Judgement =>
  bubblewrap
    ? warn(
        'bubblewrap is installed and not used yet: agents run as you, which is a guard and no wall',
        'Run agents that you trust, or the plane as a user that owns nothing.',
      )
    : warn(
        'bubblewrap is not installed: agents run as you, which is a guard and no wall',
        'Install bubblewrap, run agents that you trust, or the plane as a user that owns nothing.',
      )
