import { z } from 'zod'
import type { Answer, Asked, Protocol } from './model-server.ts'

const Block = z.looseObject({ type: z.string(), text: z.string().optional() })
const Body = z.looseObject({
  model: z.string(),
  messages: z.array(
    z.looseObject({ role: z.string(), content: z.union([z.string(), z.array(Block)]) }),
  ),
  tools: z.array(z.looseObject({ name: z.string() })).default([]),
})

/** Anthropic's Messages, as Claude Code speaks it. */
export const messages: Protocol = {
  path: '/v1/messages',
  read: (given): Asked => {
    const { model, messages: said, tools } = Body.parse(given)
    const blocks = said
      .filter(({ role }) => role !== 'assistant')
      .flatMap(({ content }) =>
        typeof content === 'string' ? [{ type: 'text', text: content }] : content,
      )
    return {
      model,
      tools: tools.map(({ name }) => name),
      texts: blocks.map((block) => block.text ?? JSON.stringify(block)),
      results: blocks.filter(({ type }) => type === 'tool_result').length,
    }
  },
  say: ({ model }, { id, text, calls }: Answer) => [
    event('message_start', {
      message: {
        ...{ id, type: 'message', role: 'assistant', model, content: [], stop_reason: null },
        usage: { input_tokens: 100, output_tokens: 1, cache_read_input_tokens: 1_000 },
      },
    }),
    ...(text === '' ? [] : blockOf(0, { type: 'text', text: '' }, { type: 'text_delta', text })),
    ...calls.flatMap(({ id: call, name, input }, index) =>
      blockOf(
        index + 1,
        { type: 'tool_use', id: call, name, input: {} },
        { type: 'input_json_delta', partial_json: JSON.stringify(input) },
      ),
    ),
    event('message_delta', {
      delta: { stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: 42 },
    }),
    event('message_stop', {}),
  ],
}

const event = (type: string, body: object) => ({ event: type, data: { type, ...body } })

const blockOf = (index: number, block: object, delta: object) => [
  event('content_block_start', { index, content_block: block }),
  event('content_block_delta', { index, delta }),
  event('content_block_stop', { index }),
]
