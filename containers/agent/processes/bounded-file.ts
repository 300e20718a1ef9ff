import { createWriteStream } from 'node:fs'

/** A file that keeps the head and the tail of what is written to it. */
export interface BoundedFile {
  write(chunk: Buffer): void
  /** Resolves when all of it is in the file; twice is once. */
  end(): Promise<void>
}

/**
 * Opens a file for a flood of output, which must fill neither the disk nor the memory: what comes
 * after the head is kept only as far as it fits into the tail, and how much is left out is said (T17).
 */
export const boundedFile = (path: string, head = HEAD_BYTES, tail = TAIL_BYTES): BoundedFile => {
  const stream = createWriteStream(path)
  stream.on('error', () => undefined) // What cannot be kept does not stop the agent (T17).
  let left = head
  let kept: Buffer[] = []
  let size = 0
  let dropped = 0
  let ended: Promise<void> | undefined
  const keep = (chunk: Buffer) => {
    kept.push(chunk)
    size += chunk.length
    while (kept[0] && size - kept[0].length >= tail) {
      const first = kept.shift()
      size -= first?.length ?? 0
      dropped += first?.length ?? 0
    }
  }
  return {
    write: (chunk) => {
      if (left > 0) stream.write(chunk.subarray(0, left))
      if (chunk.length > left) keep(chunk.subarray(Math.max(0, left)))
      left -= Math.min(left, chunk.length)
    },
    end: () => {
      ended ??= new Promise((resolve) => {
        if (dropped > 0) stream.write(`\n[${dropped} bytes left out]\n`)
        for (const chunk of kept) stream.write(chunk)
        kept = []
        stream.end(() => resolve())
      })
      return ended
    },
  }
}

const HEAD_BYTES = 40 * 1024 * 1024
const TAIL_BYTES = 10 * 1024 * 1024
