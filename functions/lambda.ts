import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { faultClass } from '#core/faults.ts'
import { PlaneSettings, readSettings } from '#core/settings.ts'
import type { Handler } from './step.ts'
import { openWorld } from './world.ts'

/**
 * Makes a Lambda handler of a step: one world for all invocations of a container, one log line for
 * each, and on failure the fault's class as the error's name, for the workflow to read.
 */
export const lambda = (name: string, handler: Handler) => {
  const logger = new Logger({ serviceName: name })
  const metrics = new Metrics({ namespace: 'Vigil', serviceName: name })
  const run = handler(openWorld(readSettings(PlaneSettings)))
  return async (event: unknown): Promise<unknown> => {
    const began = Date.now()
    try {
      const output = await run(event)
      logger.info('done', { ms: Date.now() - began })
      return output
    } catch (error) {
      const fault = faultClass(error)
      logger.error('failed', { fault, ms: Date.now() - began, error: String(error) })
      metrics.addMetric(fault === 'bug' ? 'Bugs' : 'Faults', MetricUnit.Count, 1)
      metrics.publishStoredMetrics()
      throw error
    }
  }
}
