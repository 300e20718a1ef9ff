import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SFN } from '@aws-sdk/client-sfn'
import type { Wire } from '#infra/local/step-functions/wire.ts'

/** A small server of the protocol on a port of the system's choice, and the real client for it. */
export async function serveWire(wire: Wire) {
  const server = createServer(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace('AWSStepFunctions.', '')
    const { status, body } = await wire(operation, JSON.parse(await text(request)))
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const client = new SFN({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    disableHostPrefix: true,
  })
  return {
    client,
    async close() {
      client.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
