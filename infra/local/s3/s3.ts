import { mkdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { escaped, notServed, type S3Answer, S3Refusal, type S3Request, xml } from './answer.ts'
import { deleteObjects } from './delete-objects.ts'
import { getObject } from './get-object.ts'
import { pathOf } from './key-path.ts'
import { listObjects } from './list-objects.ts'
import { putObject } from './put-object.ts'

/**
 * The operations of S3 that our own code uses, on files below a folder; signatures are not looked
 * at. Everything else is refused by name.
 */
export const openS3 = (folder: string): ((request: S3Request) => Promise<S3Answer>) => {
  const newFiles = join(folder, '.new')
  // What a killed plane was writing.
  rmSync(newFiles, { recursive: true, force: true })
  mkdirSync(newFiles, { recursive: true })
  return async (request) => {
    try {
      return await answer(folder, newFiles, request)
    } catch (error) {
      if (!(error instanceof S3Refusal)) throw error
      const body = `<Error><Code>${error.name}</Code><Message>${escaped(error.message)}</Message></Error>`
      return { ...xml(error.status, body), ...(request.method === 'HEAD' && { body: '' }) }
    }
  }
}

const answer = async (folder: string, newFiles: string, request: S3Request): Promise<S3Answer> => {
  const { method, query } = request
  const { bucket, key } = addressOf(request.path)
  const bucketFolder = join(folder, bucket)
  if (key === '') {
    if (method === 'GET') return listObjects(bucketFolder, bucket, query)
    if (method === 'POST' && query.has('delete')) return deleteObjects(bucketFolder, request)
    throw notServed(`${method} of a bucket`)
  }
  const subresource = [...query.keys()].find((name) => SUBRESOURCES.includes(name))
  if (subresource !== undefined) throw notServed(`${method} of an object's ${subresource}`)
  const path = pathOf(bucketFolder, key)
  if (path === undefined) throw new S3Refusal(400, 'KeyTooLongError', 'Your key is too long')
  switch (method) {
    case 'PUT':
      return putObject(path, newFiles, request)
    case 'GET':
    case 'HEAD':
      return getObject(path, request)
    case 'DELETE':
      await rm(path, { force: true })
      return { status: 204 }
    default:
      throw notServed(`${method} of an object`)
  }
}

/** Query parameters that make another operation of a request. */
const SUBRESOURCES = [
  'acl',
  'append',
  'attributes',
  'legal-hold',
  'partNumber',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versionId',
]

const addressOf = (path: string): { bucket: string; key: string } => {
  try {
    const [, bucket = '', rest = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? []
    const key = decodeURIComponent(rest)
    if (BUCKET_NAME.test(bucket)) return { bucket, key }
  } catch {
    throw new S3Refusal(400, 'InvalidURI', "Couldn't parse the specified URI.")
  }
  throw new S3Refusal(400, 'InvalidBucketName', 'The specified bucket is not valid.')
}

const BUCKET_NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
