import { randomUUID } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RegistryError, type TransferFile } from '../../../contract/index.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { getStatus } from './file-work.ts'
import { lookEveryBytes, requireSpace } from './free-space.ts'

export interface ReceiveLimits {
  readonly signal: AbortSignal
  /** How much of the disk has to stay free. */
  readonly minFreeBytes: number
}

/** The file is there whole, and on the disk, or it is as it was. */
export async function receiveFile(
  root: string,
  file: TransferFile,
  bytes: AsyncIterable<Uint8Array>,
  { signal, minFreeBytes }: ReceiveLimits,
): Promise<void> {
  await requireSpace(root, file.sizeBytes ?? 0, minFreeBytes)
  const target = await clearWay(root, file.path)
  const part = join(dirname(target), `.modelgate-${randomUUID()}.part`)
  try {
    const handle = await open(part, 'wx')
    try {
      const look = () => requireSpace(root, 0, minFreeBytes)
      await receiveBytes(handle, file, lookingAt(bytes, look), signal)
      await handle.sync()
    } finally {
      await handle.close()
    }
    signal.throwIfAborted()
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** An earlier try may have left a file or a link where a folder has to be, or a folder where the file goes. */
async function clearWay(root: string, path: string): Promise<string> {
  const names = path.split('/')
  let place = root
  for (const name of names.slice(0, -1)) {
    place = join(place, name)
    const status = await getStatus(place)
    if (status !== null && !status.isDirectory()) await rm(place)
    await mkdir(place, { recursive: true })
  }
  const target = join(root, path)
  if ((await getStatus(target))?.isDirectory()) await rm(target, { recursive: true })
  return target
}

/** Others write to the disk meanwhile, and not every file says how large it is. */
async function* lookingAt(
  bytes: AsyncIterable<Uint8Array>,
  look: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let left = lookEveryBytes
  for await (const chunk of bytes) {
    left -= chunk.byteLength
    if (left <= 0) {
      await look()
      left = lookEveryBytes
    }
    yield chunk
  }
}

async function receiveBytes(
  handle: FileHandle,
  { path, sizeBytes }: TransferFile,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  let received = 0
  const source = bytes[Symbol.asyncIterator]()
  try {
    for (;;) {
      const { done, value } = await untilAborted(source.next(), signal)
      if (done) break
      received += value.byteLength
      if (sizeBytes !== null && received > sizeBytes) break
      await handle.writeFile(value)
    }
  } finally {
    // Not waited for: a source that hangs would not answer this either.
    source.return?.().catch(() => {})
  }
  if (sizeBytes === null || received === sizeBytes) return
  const amount = received > sizeBytes ? 'more' : `${received} bytes, fewer`
  const message = `The file ${JSON.stringify(path)} came with ${amount} than the ${sizeBytes} bytes it should have.`
  throw new RegistryError('REGISTRY_ERROR', message)
}
