import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LINE_MAX_CHARACTERS, lineSplitter } from '#containers/agent/processes/lines.ts'

/** The lines of a stream that comes in these chunks. */
const linesOf = (...chunks: (Uint8Array | string)[]): string[] => {
  const lines: string[] = []
  const splitter = lineSplitter((line) => void lines.push(line))
  for (const chunk of chunks) splitter.push(Buffer.from(chunk as Uint8Array))
  splitter.end()
  return lines
}

test.each<[string, Uint8Array | string, string[]]>([
  ['nothing', '', []],
  ['a line', 'a\n', ['a']],
  ['a line without an end', 'a\nb', ['a', 'b']],
  ['empty lines', '\n\na\n', ['', '', 'a']],
  ['a line of another system', 'a\r\n', ['a\r']],
  ['NUL', 'a\0b\n\0', ['a\0b', '\0']],
  ['separators that are no line feed', 'a\u2028b\u0085c\n', ['a\u2028b\u0085c']],
  ['invalid UTF-8', Uint8Array.of(0x61, 0xff, 0xc3, 0x0a, 0x62), ['a\ufffd\ufffd', 'b']],
  ['a character that is cut off by the end', Uint8Array.of(0x61, 0xe2, 0x82), ['a\ufffd']],
])('%s', (_what, bytes, lines) => {
  expect(linesOf(bytes)).toEqual(lines)
})

test('any cut of a stream into chunks has the same lines', () => {
  const part = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    fc.constant(Buffer.from('\n')),
  )
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat(40)), (parts, cuts) => {
      const whole = Buffer.concat(parts)
      const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
      const chunks = edges.slice(1).map((edge, index) => whole.subarray(edges[index], edge))
      expect(linesOf(...chunks)).toEqual(linesOf(whole))
    }),
    { numRuns: 1_000 },
  )
})

test('what is over the limit of a line is dropped, and the next line is whole', () => {
  const long = 'x'.repeat(LINE_MAX_CHARACTERS - 1)
  const chunks = [long, 'yz', 'dropped', '\nnext', '\n']
  expect(linesOf(...chunks)).toEqual([`${long}y`, 'next'])
  expect(linesOf(chunks.join(''))).toEqual([`${long}y`, 'next'])
})
