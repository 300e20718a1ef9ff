import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { LocalSettings, readSettings } from '#core/settings.ts'

/** The data folder: `VIGIL_HOME`, by default `~/.vigil`. */
export const dataFolder = (): string =>
  resolve(readSettings(LocalSettings).VIGIL_HOME ?? join(homedir(), '.vigil'))
