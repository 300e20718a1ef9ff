import { z } from 'zod'
import type { RestRequest, RestWire } from '#infra/local/aws-endpoint.ts'
import { InvalidSchedule } from './invalid-schedule.ts'
import { listSchedules } from './list-schedules.ts'
import { idOf } from './schedule.ts'
import { readScheduleRequest } from './schedule-request.ts'
import { scheduleArn } from './scheduled-fire.ts'
import type { Scheduler } from './scheduler.ts'
import { seenSchedule } from './seen-schedule.ts'

/**
 * Answers the REST protocol of EventBridge Scheduler: POST, PUT, GET and DELETE of
 * `/schedules/{name}`, and GET of `/schedules`. A group is there as soon as it is named.
 */
export const schedulerWire =
  (scheduler: Scheduler): RestWire =>
  async (request) => {
    try {
      return answer(scheduler, request)
    } catch (error) {
      if (error instanceof InvalidSchedule) return refusal(400, INVALID, error.message)
      if (error instanceof z.ZodError) return refusal(400, INVALID, z.prettifyError(error))
      throw error
    }
  }

type Answer = Awaited<ReturnType<RestWire>>

const INVALID = 'ValidationException'

const answer = (scheduler: Scheduler, { method, path, query, body }: RestRequest): Answer => {
  if (method === 'GET' && path === '/schedules') return ok(listSchedules(scheduler.all(), query))
  const [, encoded] = /^\/schedules\/([^/]+)$/.exec(path) ?? []
  const name = encoded && decodeURIComponent(encoded)
  if (name === undefined) return refusal(404, 'UnknownOperationException', `${method} ${path}`)
  const id = idOf({ name, group: query.get('groupName') ?? 'default' })
  const missing = refusal(404, 'ResourceNotFoundException', `Schedule ${name} does not exist.`)
  switch (method) {
    case 'POST': {
      const given = readScheduleRequest(name, body)
      const before = scheduler.get(idOf(given))
      const again = before?.clientToken !== undefined && before.clientToken === given.clientToken
      const made = again ? before : scheduler.create(given)
      return made
        ? ok({ ScheduleArn: scheduleArn(made) })
        : refusal(409, 'ConflictException', `Schedule ${name} already exists.`)
    }
    case 'PUT': {
      const changed = scheduler.update(readScheduleRequest(name, body))
      return changed ? ok({ ScheduleArn: scheduleArn(changed) }) : missing
    }
    case 'GET': {
      const found = scheduler.get(id)
      return found ? ok(seenSchedule(found)) : missing
    }
    case 'DELETE':
      return scheduler.remove(id) ? ok({}) : missing
    default:
      return refusal(405, 'UnknownOperationException', `${method} ${path}`)
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body })

const refusal = (status: number, type: string, Message: string): Answer => ({
  status,
  type,
  body: { Message },
})
