import { fail, type Judgement, ok } from './diagnosis.ts'

/** Types are stripped by Node itself from this version on, as the code here needs it. */
const WANTED = 24

/** Whether the Node that runs this is new enough. */
export const judgeNode = (version: string): Judgement =>
  Number.parseInt(version, 10) >= WANTED
    ? ok(version)
    : fail(`${version} is too old`, `Run \`npm ci\`: it brings Node ${WANTED}.`)
