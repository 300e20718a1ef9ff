import { mkdtempSync, rmSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { awsEndpoint } from '#infra/local/aws-endpoint.ts'
import { listen } from '#infra/local/listen.ts'
import { CREDENTIALS, PLACE } from '#infra/local/place.ts'
import { openS3 } from '#infra/local/s3/s3.ts'

/** S3 on a temporary folder behind the plane's endpoint, with the real client. */
export const openTestS3 = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-s3-'))
  const failures: unknown[] = []
  const seen: { method: string; url: string; headers: IncomingHttpHeaders }[] = []
  const endpoint = awsEndpoint({
    accessKeyId: CREDENTIALS.accessKeyId,
    json: {},
    s3: openS3(folder),
    metadata: () => undefined,
    failed: (error) => failures.push(error),
  })
  const { port, close } = await listen(
    (request, response) => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
      endpoint(request, response)
    },
    0,
    true,
  )
  const url = `http://127.0.0.1:${port}`
  const client = new S3Client({
    endpoint: url,
    region: PLACE.region,
    credentials: CREDENTIALS,
    forcePathStyle: true,
    maxAttempts: 1,
  })
  return {
    folder,
    url,
    client,
    /** What the server could not answer. */
    failures,
    /** The requests as they came. */
    seen,
    close: async () => {
      client.destroy()
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type TestS3 = Awaited<ReturnType<typeof openTestS3>>

/** Of a request that the SDK did not sign: whose it is, which is all that is looked at. */
export const SIGNED = {
  authorization: `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260131/local/s3/aws4_request`,
}
