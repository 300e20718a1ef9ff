import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { answerDeploy } from '#infra/cloud/images/answer-deploy.ts'
import { startBuild } from '#infra/cloud/images/start-build.ts'

interface Seen {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly type: string | undefined
  readonly length: string | undefined
  readonly body: unknown
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A server that keeps what it is asked: CloudFormation's bucket and Step Functions alike. */
const listen = async (status = 200) => {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      const { method, url: path, headers } = request
      const [type, length] = [headers['content-type'], headers['content-length']]
      seen.push({ method, path, type, length, body: JSON.parse(text) })
      response.writeHead(status).end('{}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => server.close())
  return { seen, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` }
}

const requestTo = (url: string, RequestType = 'Create') => ({
  RequestType,
  ResponseURL: `${url}/signed?by=cloudformation`,
  StackId: 'stack',
  RequestId: 'request-1',
  LogicalResourceId: 'Images',
  ResourceType: 'Custom::Images',
  ResourceProperties: { ServiceToken: 'x', Workflow: 'arn:machine', Log: 'the-log', Tag: 'abc' },
})

test('a build that succeeded is answered with the tag, without a content type', async () => {
  const { seen, url } = await listen()
  await answerDeploy({ request: requestTo(url), error: null })
  expect(seen).toMatchObject([
    {
      method: 'PUT',
      path: '/signed?by=cloudformation',
      type: undefined,
      length: expect.stringMatching(/^\d+$/),
      body: {
        Status: 'SUCCESS',
        PhysicalResourceId: 'images',
        StackId: 'stack',
        RequestId: 'request-1',
        LogicalResourceId: 'Images',
        Data: { Tag: 'abc' },
      },
    },
  ])
})

test('a build that failed is answered with where to look', async () => {
  const { seen, url } = await listen()
  await answerDeploy({ request: requestTo(url), error: 'States.TaskFailed' })
  expect(seen[0]?.body).toMatchObject({
    Status: 'FAILED',
    Reason: 'States.TaskFailed: see the log group the-log',
  })
})

test('an answer that is not taken is tried again by the workflow', async () => {
  const { url } = await listen(503)
  await expect(answerDeploy({ request: requestTo(url), error: null })).rejects.toThrow('503')
})

test('a deploy starts one execution under the name of its request', async () => {
  const { seen, url } = await listen()
  process.env.AWS_ENDPOINT_URL_SFN = url
  process.env.AWS_REGION = 'eu-west-1'
  process.env.AWS_ACCESS_KEY_ID = 'test'
  process.env.AWS_SECRET_ACCESS_KEY = 'test'
  await startBuild(requestTo('https://bucket.invalid'))
  expect(seen).toMatchObject([
    { method: 'POST', body: { stateMachineArn: 'arn:machine', name: 'request-1' } },
  ])
})

test('a deploy that cannot start its build is answered at once', async () => {
  const { url: broken } = await listen(400)
  const { seen, url } = await listen()
  process.env.AWS_ENDPOINT_URL_SFN = broken
  await startBuild(requestTo(url))
  expect(seen[0]?.body).toMatchObject({ Status: 'FAILED' })
})

test('a deletion is answered at once and builds nothing', async () => {
  const { seen, url } = await listen()
  await startBuild(requestTo(url, 'Delete'))
  expect(seen[0]?.body).toMatchObject({ Status: 'SUCCESS' })
})
