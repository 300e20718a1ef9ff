import type { Run } from '#core/contracts/run.ts'
import { runEnded } from '#core/decisions/transition.ts'
import type { Client, RunDetail } from './client.ts'
import { describeEvent } from './describe-event.ts'
import type { Output } from './output.ts'

/** Tells a run as it happens: its events, and the beats and acts of live attempts. Answers its end. */
export const watchRun = async (client: Client, runId: string, output: Output): Promise<Run> => {
  const seen = new Map<string, number>()
  let sequence = 0
  for (;;) {
    const events = await client.events(runId, sequence, 0.5)
    const detail = await client.run(runId)
    tellBeats(detail, seen, output)
    for (const event of events) {
      output.line(describeEvent(event))
      sequence = event.sequence
    }
    if (runEnded(detail.run.status) && detail.run.sequence === sequence) return detail.run
  }
}

const tellBeats = ({ attempts }: RunDetail, seen: Map<string, number>, output: Output): void => {
  for (const { id, beats, stage, acts } of attempts) {
    if (beats === (seen.get(id) ?? 0)) continue
    seen.set(id, beats)
    const act = acts.at(-1)?.what
    output.line(`    beat ${beats}, ${stage}${act === undefined ? '' : ` · ${act}`}`)
  }
}
