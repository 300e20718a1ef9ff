import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { z } from 'zod'

/** What is kept beside an object's bytes. */
export const ObjectFacts = z.object({
  etag: z.string(),
  crc32: z.string(),
  /** Headers that were put with it and are answered with it. */
  headers: z.record(z.string(), z.string()),
})
export type ObjectFacts = z.infer<typeof ObjectFacts>

/** An object that is open for reading: it stays what it is when it is replaced meanwhile. */
export interface OpenObject {
  readonly size: number
  readonly modified: Date
  readonly facts: ObjectFacts
  body(): Readable
  close(): Promise<void>
}

/**
 * Writes an object into a new file and puts it in its place at once. `facts` is called when the bytes
 * are on the disk; where it throws, the object stays as it was. The facts lie behind the bytes in
 * the same file, so that the two are never of different writes.
 */
export const writeObject = async (
  path: string,
  newFiles: string,
  bytes: AsyncIterable<Uint8Array>,
  facts: () => ObjectFacts,
): Promise<void> => {
  const fresh = join(newFiles, randomUUID())
  try {
    const file = await open(fresh, 'wx')
    await file.writeFile(withFacts(bytes, facts)).finally(() => file.close())
    await mkdir(dirname(path), { recursive: true })
    await rename(fresh, path)
  } catch (error) {
    await rm(fresh, { force: true })
    throw error
  }
}

/** Undefined when there is no such object. */
export const openObject = async (path: string): Promise<OpenObject | undefined> => {
  const file = await openFile(path)
  if (!file) return undefined
  try {
    const { size: length, mtime } = await file.stat()
    const tail = await read(file, length - TAIL, TAIL)
    const factsLength = tail.readUInt32BE()
    const size = length - TAIL - factsLength
    if (tail.subarray(4).toString() !== MAGIC || size < 0) throw new Error(`${path} is no object`)
    const facts = ObjectFacts.parse(JSON.parse((await read(file, size, factsLength)).toString()))
    return {
      size,
      modified: mtime,
      facts,
      body: () => file.createReadStream({ start: 0, end: size - 1 }),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* withFacts(
  bytes: AsyncIterable<Uint8Array>,
  facts: () => ObjectFacts,
): AsyncGenerator<Uint8Array> {
  yield* bytes
  const text = Buffer.from(JSON.stringify(facts()))
  const tail = Buffer.alloc(TAIL)
  tail.writeUInt32BE(text.length)
  tail.write(MAGIC, 4)
  yield Buffer.concat([text, tail])
}

const openFile = async (path: string): Promise<FileHandle | undefined> => {
  try {
    return await open(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

const read = async (file: FileHandle, position: number, length: number): Promise<Buffer> => {
  const { buffer } = await file.read({ buffer: Buffer.alloc(length), position })
  return buffer
}

/** At a file's end: the length of the facts before it, and this word. */
const MAGIC = 'vigil-s3'
const TAIL = 4 + MAGIC.length
