/** The Lambda functions, by the folder of functions/ that their handlers are in. */
export const HANDLERS = {
  steps: [
    'start-run',
    'record-discovery',
    'open-cycle',
    'next-turn',
    'record-turn',
    'record-report',
    'settle-run',
    'open-attempt',
    'run-agent',
    'close-attempt',
  ],
  events: ['on-task-stopped', 'on-execution-ended', 'publish', 'sweep'],
} as const

/** A handler that `lambda()` wraps: bound to a world, called with an event. */
export type HandlerName = (typeof HANDLERS)[keyof typeof HANDLERS][number]

/** Whatever is bundled: the handlers, the API, and what builds the images at deploy. */
export type BundleName = HandlerName | 'api' | 'start-build' | 'answer-deploy'

/** The module that each bundle is made of. */
export const entries = (): Readonly<Record<BundleName, string>> => {
  const handlers = Object.entries(HANDLERS).flatMap(([folder, names]) =>
    names.map((name) => [name, wrapped(folder, name)]),
  )
  return {
    ...Object.fromEntries(handlers),
    api: "export { handler } from '#functions/api/lambda.ts'",
    'start-build': "export { startBuild as handler } from '#infra/cloud/images/start-build.ts'",
    'answer-deploy':
      "export { answerDeploy as handler } from '#infra/cloud/images/answer-deploy.ts'",
  }
}

const wrapped = (folder: string, name: string): string => `
  import { lambda } from '#functions/lambda.ts'
  import { ${camelCase(name)} } from '#functions/${folder}/${name}.ts'
  export const handler = lambda('${name}', ${camelCase(name)})`

const camelCase = (name: string): string =>
  name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** A name as a construct's id: `start-run` is `StartRun`, as in the workflow. */
export const pascalCase = (name: string): string => camelCase(`-${name}`)
