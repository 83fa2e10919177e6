import { mkdir, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type ArtifactImports,
  type ArtifactUpload,
  RegistryError,
  type TransferFile,
} from '../../../contract/index.ts'
import type { LocalRegistry } from '../registry.ts'
import { getStatus, runFileWork } from './file-work.ts'
import { toFolderName } from './folder-name.ts'
import { receiveFile } from './receive-file.ts'
import { settleFolder, syncFolder } from './settle-folder.ts'
import { isPlainPath } from './version-folder.ts'

/** Each transfer has a folder of its own, which is the version's in the end. */
export function createArtifactImports(registry: LocalRegistry, artifactFolder: string): ArtifactImports {
  const base = resolve(artifactFolder)
  return {
    begin: ({ id, model }, call) =>
      runFileWork(registry, call, async () => {
        const root = await makeFolders(base, [registry.name, model, id].map(toFolderName))
        return createUpload(registry, base, root)
      }),
  }
}

function createUpload(registry: LocalRegistry, base: string, root: string): ArtifactUpload {
  return {
    async put(file, bytes, call) {
      requirePath(file)
      await runFileWork(registry, call, (signal) => receiveFile(root, file, bytes, signal))
    },
    async finish(files, call) {
      files.forEach(requirePath)
      await runFileWork(registry, call, async (signal) => {
        await settleFolder(root, files, signal)
        let folder = root
        while (folder !== base) {
          folder = dirname(folder)
          await syncFolder(folder)
        }
      })
      return { source: pathToFileURL(root).href, runId: null }
    },
    discard: (call) =>
      runFileWork(registry, call, () => rm(root, { recursive: true, force: true, maxRetries: 3 })),
  }
}

function requirePath({ path }: TransferFile): void {
  if (isPlainPath(path)) return
  throw new RegistryError('BAD_USER_INPUT', `${JSON.stringify(path)} is not the path of a file in a version.`)
}

/** A link in the way would lead elsewhere. */
async function makeFolders(base: string, names: readonly string[]): Promise<string> {
  await mkdir(base, { recursive: true })
  let folder = base
  for (const name of names) {
    folder = join(folder, name)
    const status = await getStatus(folder)
    if (status === null) await mkdir(folder, { recursive: true })
    else if (!status.isDirectory()) {
      const message = 'Something that is not a folder lies where the files are to go, below artifactFolder.'
      throw new RegistryError('REGISTRY_ERROR', message)
    }
  }
  return folder
}
