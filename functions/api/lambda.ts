import { handle } from 'hono/aws-lambda'
import { PlaneSettings, readSettings } from '#core/settings.ts'
import { openWorld } from '#functions/world.ts'
import { apiApp } from './app.ts'

/** The app behind API Gateway's HTTP API. */
export const handler = handle(apiApp(openWorld(readSettings(PlaneSettings))))
