/** Where an attempt's objects lie in the bucket. Transcripts expire, bases and checkpoints don't (C7). */
export const attemptKeys = (attemptId: string) =>
  ({
    request: `attempts/${attemptId}/request.json`,
    result: `attempts/${attemptId}/result.json`,
    transcript: `transcripts/${attemptId}/transcript.jsonl.gz`,
    stderr: `transcripts/${attemptId}/stderr.log`,
    base: `attempts/${attemptId}/base.bundle`,
    checkpoint: (number: number) => `attempts/${attemptId}/checkpoint-${number}.bundle`,
  }) as const

/** Where a plan's body lies. */
export const planKey = (planId: string): string => `plans/${planId}.json`

/** Where a run's report and proof lie. */
export const runKeys = (runId: string) =>
  ({
    reportMarkdown: `runs/${runId}/report.md`,
    reportJson: `runs/${runId}/report.json`,
  }) as const
