import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type ArtifactExports,
  type Call,
  compareCodePoints,
  RegistryError,
  type TransferFile,
  type VersionKey,
} from '../../../contract/index.ts'
import { openBelow } from '../files/open-below.ts'
import { findBelow, toVersionFolder, type VersionFolder } from '../files/version-folder.ts'
import { getVersions } from '../reads/versions.ts'
import type { LocalRegistry } from '../registry.ts'
import { runFileWork, toFileError } from './file-work.ts'

export function artifactExports(registry: LocalRegistry, artifactFolder: string): ArtifactExports {
  async function getFolder(key: VersionKey, call: Call): Promise<VersionFolder | null> {
    const [version = null] = await getVersions(registry, [key], call)
    return version && toVersionFolder(registry, artifactFolder, version.artifactUri)
  }
  return {
    async files(key, call) {
      const folder = await getFolder(key, call)
      return folder && runFileWork(registry, call, (signal) => listFiles(folder, signal))
    },

    async read(key, path, call) {
      const folder = await getFolder(key, call)
      const file = folder && (await runFileWork(registry, call, () => findFile(folder, path)))
      if (folder !== null && file !== null) return readBytes(registry, folder, path, call)
      throw noSuchFile(key, path)
    },
  }
}

async function listFiles(folder: VersionFolder, signal: AbortSignal): Promise<TransferFile[]> {
  const root = await findBelow(folder, '')
  if (root === null || !(await lstat(root)).isDirectory()) {
    throw new RegistryError('UNSUPPORTED', 'The folder of the files is not there any more.')
  }
  const files: TransferFile[] = []
  for await (const file of walk(root, '', signal)) files.push(file)
  return files.sort((a, b) => compareCodePoints(a.path, b.path))
}

/** Links are left out, as they are from lists. */
async function* walk(folder: string, prefix: string, signal: AbortSignal): AsyncGenerator<TransferFile> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    signal.throwIfAborted()
    const [place, path] = [join(folder, entry.name), prefix + entry.name]
    if (entry.isDirectory()) yield* walk(place, `${path}/`, signal)
    else if (entry.isFile()) yield { path, sizeBytes: (await lstat(place)).size }
  }
}

async function findFile(folder: VersionFolder, path: string): Promise<string | null> {
  const found = await findBelow(folder, path)
  return found !== null && (await lstat(found)).isFile() ? found : null
}

/** Opened only when the first bytes are taken, so that nothing stays open when none are. */
async function* readBytes(
  registry: LocalRegistry,
  folder: VersionFolder,
  path: string,
  call: Call,
): AsyncGenerator<Uint8Array> {
  const signal = AbortSignal.any([call.signal, registry.closed])
  try {
    const handle = await openBelow(folder, path)
    yield* handle.createReadStream({ signal })
  } catch (cause) {
    throw toFileError(registry, call, cause)
  }
}

function noSuchFile(key: VersionKey, path: string): RegistryError {
  const [model, version, name] = [key.model, key.version, path].map((text) => JSON.stringify(text))
  return new RegistryError('NOT_FOUND', `Version ${version} of the model ${model} has no file ${name}.`)
}
