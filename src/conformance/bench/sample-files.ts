import { createHash } from 'node:crypto'
import type { TransferFile } from '../../contract/index.ts'

/** A file to be taken in, and to be found again. */
export interface SampleFile extends TransferFile {
  readonly sizeBytes: number
  readonly bytes: Uint8Array
}

export function fileOf(path: string, bytes: string | Uint8Array): SampleFile {
  const own = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
  return { path, sizeBytes: own.length, bytes: own }
}

/** Folders in folders, an empty file, names with what people put in them, and one of several chunks. */
export function sampleTree(): SampleFile[] {
  return [
    fileOf('MLmodel', 'flavors: {}\n'),
    fileOf('empty.txt', ''),
    fileOf('data/model.bin', noise(1024 * 1024)),
    fileOf('data/nested/deeper/leaf.json', '{"leaf":true}'),
    fileOf('data/.hidden', 'A dot in front.'),
    fileOf('data/with space (1).txt', 'Blanks and brackets.'),
    fileOf('data/gr\u00fc\u00dfe-\u6570.txt', 'Letters of others.'),
    fileOf('data/a+b&c=d,e.txt', 'Marks.'),
  ]
}

/** Looks random, is the same each time, and has no two equal blocks. */
function noise(length: number): Uint8Array {
  const words = new Uint32Array(length / 4)
  let word = 1
  for (const index of words.keys()) {
    word ^= word << 13
    word ^= word >>> 17
    word ^= word << 5
    words[index] = word
  }
  return new Uint8Array(words.buffer)
}

/** In chunks of uneven size, as they come off a network. */
export async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  let size = 1
  for (let start = 0; start < bytes.length; start += size) {
    size = Math.min(100_000, size * 7)
    yield bytes.slice(start, start + size)
  }
}

/** Of bytes that may come in any chunks. */
export async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytes) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
