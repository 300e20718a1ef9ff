import { createHash } from 'node:crypto'
import type { FindingReport } from '#core/contracts/finding.ts'

/** What makes two reports the same finding: plan, file, line, section and text (E4). */
export const findingKey = (planId: string, finding: FindingReport): string =>
  createHash('sha256')
    .update(JSON.stringify([planId, finding.file, finding.line, finding.section, finding.title]))
    .digest('hex')
    .slice(0, 16)
