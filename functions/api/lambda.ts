import { Logger } from '@aws-lambda-powertools/logger'
import { handle } from 'hono/aws-lambda'
import { PlaneSettings, readSettings } from '#core/settings.ts'
import { openWorld } from '#functions/world.ts'
import { apiApp } from './app.ts'

const logger = new Logger({ serviceName: 'api' })

/** The app behind API Gateway's HTTP API. */
export const handler = handle(
  apiApp(openWorld(readSettings(PlaneSettings)), (error) =>
    logger.error('failed', { error: String(error) }),
  ),
)
