import { z } from 'zod'
import type { Answer, Asked, Protocol } from './model-server.ts'

const Item = z.looseObject({ type: z.string().default('message'), role: z.string().optional() })
const Body = z.looseObject({
  model: z.string(),
  input: z.array(Item),
  tools: z
    .array(
      z.looseObject({
        type: z.string(),
        name: z.string().optional(),
        tools: z.array(z.looseObject({ name: z.string() })).optional(),
      }),
    )
    .default([]),
})

/** OpenAI's Responses, as Codex speaks it. */
export const responses: Protocol = {
  path: '/responses',
  read: (given): Asked => {
    const { model, input, tools } = Body.parse(given)
    const said = input.filter(({ role }) => role !== 'assistant')
    return {
      model,
      tools: tools.flatMap(({ name, tools: inner = [] }) => [
        ...(name === undefined || inner.length > 0 ? [] : [name]),
        ...inner.map((tool) => `${name}/${tool.name}`),
      ]),
      texts: said.map((item) => JSON.stringify(item)),
      results: said.filter(({ type }) => type.endsWith('_output')).length,
    }
  },
  say: ({ model }, { id, text, calls }: Answer) => {
    const items = [
      ...(text === ''
        ? []
        : [
            {
              ...{ type: 'message', role: 'assistant', id: `msg_${id}`, status: 'completed' },
              content: [{ type: 'output_text', text, annotations: [] }],
            },
          ]),
      ...calls.map(({ id: call, name, input }) => ({
        ...{ type: 'function_call', id: `fc_${call}`, call_id: call, status: 'completed' },
        ...named(name),
        arguments: JSON.stringify(input),
      })),
    ]
    const response = { id: `resp_${id}`, object: 'response', model, status: 'in_progress' }
    return [
      event('response.created', { response }),
      ...items.flatMap((item, index) => [
        event('response.output_item.added', { output_index: index, item }),
        event('response.output_item.done', { output_index: index, item }),
      ]),
      event('response.completed', {
        response: {
          ...response,
          status: 'completed',
          output: items,
          usage: {
            input_tokens: 1_200,
            input_tokens_details: { cached_tokens: 1_000 },
            output_tokens: 42,
            output_tokens_details: { reasoning_tokens: 7 },
            total_tokens: 1_242,
          },
        },
      }),
    ]
  },
}

const event = (type: string, body: object) => ({ event: type, data: { type, ...body } })

/** Tools of an MCP server stand in a namespace of their own. */
const named = (full: string): object => {
  const [namespace, name] = full.split('/')
  return name === undefined ? { name: full } : { namespace, name }
}
