import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { faultClass } from '#core/faults.ts'
import { type Metric, NAMESPACE } from '#core/metrics.ts'
import { PlaneSettings, readSettings } from '#core/settings.ts'
import type { Handler } from './step.ts'
import { openWorld } from './world.ts'

/**
 * Makes a Lambda handler of a step: one world for all invocations of a container, one log line for
 * each, and on failure the fault's class as the error's name, for the workflow to read.
 */
export const lambda = (name: string, handler: Handler) => {
  const logger = new Logger({ serviceName: name })
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: name })
  const count = (metric: Metric, value: number) =>
    void metrics.addMetric(metric, MetricUnit.Count, value)
  const run = handler({ ...openWorld(readSettings(PlaneSettings)), count })
  return async (event: unknown): Promise<unknown> => {
    const began = Date.now()
    try {
      const output = await run(event)
      logger.info('done', { ms: Date.now() - began })
      return output
    } catch (error) {
      const fault = faultClass(error)
      logger.error('failed', { fault, ms: Date.now() - began, error: String(error) })
      count(fault === 'bug' ? 'Bugs' : 'Faults', 1)
      throw error
    } finally {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
    }
  }
}
