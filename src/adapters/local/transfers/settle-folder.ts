import { lstat, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { RegistryError, type TransferFile } from '../../../contract/index.ts'

/** Sees to it that exactly these files lie there, and that they stay when the machine stops now. */
export async function settleFolder(
  root: string,
  files: readonly TransferFile[],
  signal: AbortSignal,
): Promise<void> {
  const missing = new Map(files.map((file) => [file.path, file]))
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)))
  await settle(root, '')
  const [first] = missing.keys()
  if (first !== undefined) {
    throw new RegistryError('REGISTRY_ERROR', `The file ${JSON.stringify(first)} did not arrive.`)
  }

  async function settle(folder: string, prefix: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      signal.throwIfAborted()
      const [place, path] = [join(folder, entry.name), prefix + entry.name]
      const file = missing.get(path)
      if (entry.isDirectory() && folders.has(path)) await settle(place, `${path}/`)
      else if (entry.isFile() && file !== undefined) {
        await requireSize(place, file)
        missing.delete(path)
      } else await rm(place, { recursive: true })
    }
    await syncFolder(folder)
  }
}

function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1)
  return names.map((_, index) => names.slice(0, index + 1).join('/'))
}

async function requireSize(place: string, { path, sizeBytes }: TransferFile): Promise<void> {
  const { size } = await lstat(place)
  if (sizeBytes === null || size === sizeBytes) return
  const message = `The file ${JSON.stringify(path)} has ${size} bytes, and should have ${sizeBytes}.`
  throw new RegistryError('REGISTRY_ERROR', message)
}

/** Names of files are only safe once their folder is. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
