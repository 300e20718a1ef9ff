import { z } from 'zod'

/** What an auditor hands in with `report_finding`: something that it wants changed (E4). */
export const FindingReport = z.strictObject({
  severity: z.enum(['bug', 'warning']),
  title: z.string().min(1).max(200),
  detail: z.string().min(1).max(4_000),
  file: z.string().max(300).optional(),
  line: z.number().int().positive().optional(),
  /** Number of the section, counted from 0. */
  section: z.number().int().min(0).max(7).optional(),
})
export type FindingReport = z.infer<typeof FindingReport>

/** A finding on record. Only an auditor or the plane closes one. */
export const Finding = z.strictObject({
  ...FindingReport.shape,
  /** Hash of plan, file, line, section and text. */
  key: z.string(),
  planId: z.string(),
  runId: z.string(),
  turnId: z.string(),
  status: z.enum(['open', 'fixed', 'disputed']),
  sightings: z.number().int(),
  createdAt: z.iso.datetime(),
})
export type Finding = z.infer<typeof Finding>
