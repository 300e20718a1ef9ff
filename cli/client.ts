import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { Attempt } from '#core/contracts/attempt.ts'
import { Cycle } from '#core/contracts/cycle.ts'
import { Event } from '#core/contracts/event.ts'
import { FireAnswer } from '#core/contracts/fire-answer.ts'
import { Plan } from '#core/contracts/plan.ts'
import { Project, type ProjectConfig } from '#core/contracts/project.ts'
import { Report } from '#core/contracts/report.ts'
import { Run } from '#core/contracts/run.ts'
import { Turn } from '#core/contracts/turn.ts'
import { UsageError } from './usage-error.ts'

const Problem = z.object({ code: z.string(), detail: z.string(), remedy: z.string() })
const RunDetail = z.object({
  run: Run,
  turns: z.array(Turn),
  attempts: z.array(Attempt.omit({ taskToken: true })),
})
export type RunDetail = z.infer<typeof RunDetail>
const ReportAnswer = z.object({ report: Report, markdown: z.string() })

/** No plane answered where one was said to be: exit code 4. */
export class Unreachable extends Error {}

/** The API of a plane, typed by the contracts. Throws UsageError with what the plane said was wrong. */
export const openClient = (plane: { url: string; token: string }) => {
  const call = async <T>(
    contract: z.ZodType<T>,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ) => {
    const answer = await send(plane, method, path, body, key)
    const json: unknown = await answer.json()
    if (answer.ok) return contract.parse(json)
    const problem = Problem.safeParse(json).data
    const said = problem ? `${problem.detail}. ${problem.remedy}` : `HTTP ${answer.status}`
    throw answer.status < 500 ? new UsageError(said) : new Error(said)
  }
  const items = <T extends z.ZodType>(contract: T) => z.object({ items: z.array(contract) })
  return {
    saveProject: (id: string, config: ProjectConfig) =>
      call(Project, 'PUT', `/v1/projects/${id}`, config),
    projects: async () => (await call(items(Project), 'GET', '/v1/projects')).items,
    /** With a key: asked again within 24 hours, it is the same run. */
    fire: (id: string, body: { force: string[]; propose: boolean; task?: string }, key?: string) =>
      call(FireAnswer, 'POST', `/v1/projects/${id}/fires`, body, key),
    runs: async (project: string, limit: number) =>
      (await call(items(Run), 'GET', `/v1/runs?project=${project}&limit=${limit}`)).items,
    run: (id: string) => call(RunDetail, 'GET', `/v1/runs/${id}`),
    events: async (id: string, after: number, wait: number) =>
      (await call(items(Event), 'GET', `/v1/runs/${id}/events?after=${after}&wait=${wait}`)).items,
    report: (id: string) => call(ReportAnswer, 'GET', `/v1/runs/${id}/report`),
    cancel: (id: string) => call(z.object({ run: Run }), 'POST', `/v1/runs/${id}/cancel`),
    /** With a key: asked again within 24 hours, it is the same run. */
    resume: (id: string, body: { force: string[] }, key: string) =>
      call(FireAnswer, 'POST', `/v1/runs/${id}/resume`, body, key),
    plan: (id: string) => call(Plan, 'GET', `/v1/plans/${id}`),
    approve: (id: string) => call(FireAnswer, 'POST', `/v1/plans/${id}/approve`),
    cycle: (id: string) => call(Cycle, 'GET', `/v1/cycles/${id}`),
    bundles: (id: string) =>
      call(z.object({ base: z.url(), head: z.url() }), 'GET', `/v1/cycles/${id}/bundles`),
  }
}

export type Client = ReturnType<typeof openClient>

/** A plane that is being restarted, or one of its services, is given a moment. */
const send = async (
  { url, token }: { url: string; token: string },
  method: string,
  path: string,
  body: unknown,
  key: string | undefined,
): Promise<Response> => {
  for (let round = 1; ; round += 1) {
    try {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      if (answer.status !== 503 || round === ROUNDS) return answer
      await sleep(300)
    } catch (error) {
      if (round === ROUNDS)
        throw new Unreachable(`the plane at ${url} does not answer (${String(error)})`)
      await sleep(300)
    }
  }
}

const ROUNDS = 10
