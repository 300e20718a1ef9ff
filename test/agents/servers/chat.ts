import { z } from 'zod'
import type { Answer, Asked, Protocol } from './model-server.ts'

const Body = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  tools: z
    .array(z.looseObject({ function: z.looseObject({ name: z.string() }).optional() }))
    .default([]),
})

/** OpenAI's chat completions, as opencode and Copilot speak them. */
export const chat: Protocol = {
  path: '/chat/completions',
  read: (given): Asked => {
    const { model, messages, tools } = Body.parse(given)
    const said = messages.filter(({ role }) => role === 'user' || role === 'tool')
    return {
      model,
      tools: tools.flatMap((tool) => tool.function?.name ?? []),
      texts: said.map(({ content }) =>
        typeof content === 'string' ? content : JSON.stringify(content),
      ),
      results: said.filter(({ role }) => role === 'tool').length,
    }
  },
  say: ({ model }, { id, text, calls }: Answer) => {
    const chunk = (delta: object, finish: string | null) => ({
      data: {
        ...{ id, object: 'chat.completion.chunk', created: 1, model },
        choices: [{ index: 0, delta, finish_reason: finish }],
      },
    })
    return [
      chunk({ role: 'assistant', content: text }, null),
      ...calls.map(({ id: call, name, input }, index) =>
        chunk(
          {
            tool_calls: [
              {
                ...{ index, id: call, type: 'function' },
                function: { name, arguments: JSON.stringify(input) },
              },
            ],
          },
          null,
        ),
      ),
      chunk({}, calls.length > 0 ? 'tool_calls' : 'stop'),
      {
        data: {
          ...{ id, object: 'chat.completion.chunk', created: 1, model, choices: [] },
          usage: {
            ...{ prompt_tokens: 1_200, completion_tokens: 42, total_tokens: 1_242 },
            prompt_tokens_details: { cached_tokens: 1_000 },
          },
        },
      },
      { data: '[DONE]' },
    ]
  },
}
