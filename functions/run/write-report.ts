import type { Run } from '#core/contracts/run.ts'
import type { Turn } from '#core/contracts/turn.ts'
import { renderReport } from '#core/decisions/render-report.ts'
import type { Settled } from '#core/decisions/settle-outcome.ts'
import { runKeys } from '#functions/store/keys.ts'
import type { Store } from '#functions/store/store.ts'
import { buildReport } from './build-report.ts'

/** Puts a run's report into the bucket, as Markdown and JSON, and answers the keys (R1). */
export const writeReport = async (
  store: Store,
  run: Run,
  turns: readonly Turn[],
  settled: Settled,
): Promise<{ markdown: string; json: string }> => {
  const keys = runKeys(run.id)
  const report = await buildReport(store, run, turns, settled)
  await store.bucket.putJson(keys.reportJson, report)
  await store.bucket.put(keys.reportMarkdown, renderReport(report), 'text/markdown; charset=utf-8')
  return { markdown: keys.reportMarkdown, json: keys.reportJson }
}
