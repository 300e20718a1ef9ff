import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readOutbox } from '#containers/agent/outbox.ts'
import type { Phase } from '#core/contracts/phase.ts'
import { PHASE_TOOLS } from '#core/contracts/submission.ts'
import { makeFolder } from '#test/containers/agent/make-folder.ts'
import { aPlan } from '#test/core/contracts/a-plan.ts'

/** The tools as a runtime starts them: a program that speaks MCP over its standard streams. */
const connect = async (phase: Phase, outbox = makeFolder()) => {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [resolve('containers/agent/contract-tools/main.ts')],
      env: { VIGIL_OUTBOX: outbox, VIGIL_NONCE: 'n-1', VIGIL_PHASE: phase },
    }),
  )
  onTestFinished(() => client.close())
  const call = async (name: string, body: object) => {
    const { content, isError } = await client.callTool({ name, arguments: { ...body } })
    return { said: JSON.stringify(content), isError }
  }
  return { client, call, outbox, read: () => readOutbox(outbox, { nonce: 'n-1', phase }) }
}
const DONE = { status: 'done', summary: 'It is done.' }
const FINDING = { severity: 'bug', title: 'A leak', detail: 'Look.' }

test.each(['discovery', 'code', 'audit', 'report'] as const)(
  'D2, E9: %s has its tools and no others',
  async (phase) => {
    const { client, call, outbox } = await connect(phase)
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(PHASE_TOOLS[phase])
    const strange = phase === 'audit' ? 'submit_plan' : 'report_finding'
    expect(await call(strange, FINDING)).toMatchObject({ isError: true })
    expect(readdirSync(outbox)).toEqual([])
  },
)

describe('a call of a contract tool', () => {
  test('lies in the outbox when it is answered, as files do', async () => {
    const { call, read } = await connect('audit')
    expect(await call('report_finding', FINDING)).toMatchObject({ isError: false })
    await call('report_finding', { ...FINDING, title: 'Another' })
    await call('complete_turn', { ...DONE, verdict: 'request_changes' })
    expect(await read()).toMatchObject({
      findings: [FINDING, { ...FINDING, title: 'Another' }],
      completion: { status: 'done', verdict: 'request_changes' },
      refused: [],
    })
  })

  test('that is refused is told all that is wrong, and may be made again', async () => {
    const { call, read } = await connect('discovery')
    const { said, isError } = await call('submit_plan', aPlan({ title: '', steps: [] }))
    expect(isError).toBe(true)
    expect(said).toMatch(/title.*steps/s)
    expect(await call('submit_plan', aPlan())).toMatchObject({ isError: false })
    expect(await call('submit_plan', aPlan())).toMatchObject({
      isError: true,
      said: expect.stringContaining('once'),
    })
    expect(await read()).toMatchObject({ plan: aPlan(), refused: [] })
  })

  test('with a key too much is refused', async () => {
    const { call, outbox } = await connect('code')
    expect(await call('complete_turn', { ...DONE, planId: 'p' })).toMatchObject({ isError: true })
    expect(readdirSync(outbox)).toEqual([])
  })
})

test('T5: in a session that goes on, what was handed in before counts', async () => {
  const first = await connect('discovery')
  await first.call('submit_plan', aPlan())
  await first.client.close()
  const second = await connect('discovery', first.outbox)
  expect(await second.call('submit_plan', aPlan())).toMatchObject({ isError: true })
})
