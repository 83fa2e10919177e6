import { mkdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  type ArtifactImports,
  type ArtifactUpload,
  type Call,
  RegistryError,
  type RunRecord,
  type TransferFile,
} from '../../../contract/index.ts'
import { isStorableText } from '../../../state/storable-text.ts'
import { toFolderName } from '../files/folder-name.ts'
import { isPlainPath } from '../files/version-folder.ts'
import { type LocalRegistry, runStatement } from '../registry.ts'
import { createRunWrites, type NewRun } from '../store/run-writes.ts'
import { getStatus, isAbsent, isInUse, runFileWork } from './file-work.ts'
import { receiveFile } from './receive-file.ts'
import { settleFolder, syncFolder } from './settle-folder.ts'

/** Each transfer has a folder of its own, which is the version's in the end. */
export function artifactImports(registry: LocalRegistry, artifactFolder: string): ArtifactImports {
  const base = resolve(artifactFolder)
  return {
    begin: ({ id, model, origin, run }, call) =>
      runFileWork(registry, call, async () => {
        const names = [registry.name, model, id].map(toFolderName)
        await requireUnused(registry, join(base, ...names), call)
        const carried = run ? carriedRun(run, id, origin) : null
        if (run && carried) warnOfLost(run, carried, call)
        return createUpload(registry, base, await makeFolders(base, names), { id, run: carried })
      }),
  }
}

function createUpload(
  registry: LocalRegistry,
  base: string,
  root: string,
  { id, run }: { readonly id: string; readonly run: NewRun | null },
): ArtifactUpload {
  const { name, database, config, closed } = registry
  const runs = createRunWrites({ name, database, config, closed, now: Date.now })
  return {
    async put(file, bytes, call) {
      requirePath(file)
      const { minFreeBytes } = registry.config
      await runFileWork(registry, call, (signal) => receiveFile(root, file, bytes, { signal, minFreeBytes }))
    },
    async finish(files, call) {
      files.forEach(requirePath)
      await requireUnused(registry, root, call)
      await runFileWork(registry, call, async (signal) => {
        await settleFolder(root, files, signal)
        let folder = root
        while (folder !== base) {
          folder = dirname(folder)
          await syncFolder(folder)
        }
      })
      if (run !== null) await runs.log(run, call)
      return { source: pathToFileURL(root).href, runId: run?.runId ?? null }
    },
    async discard(call) {
      await requireUnused(registry, root, call)
      await runFileWork(registry, call, async () => {
        await rm(root, { recursive: true, force: true, maxRetries: 3 })
        await removeEmptyFolders(dirname(root), base)
      })
      // Whoever cleans up after another try does not know whether it had one.
      await runs.remove(id, call)
    },
  }
}

type CarriedRun = NewRun & Pick<RunRecord, 'metrics' | 'params'>

/** The run of the original as one of this registry, by the transfer's id; without what is no key or text here. */
function carriedRun(run: RunRecord, runId: string, origin: string): CarriedRun {
  const isKept = ({ key }: { readonly key: string }) => key !== '' && key.length <= 256 && isStorableText(key)
  const text = (value: string | null) => (value !== null && isStorableText(value) ? value : null)
  return {
    ...run,
    runId,
    origin,
    name: text(run.name),
    status: text(run.status),
    metrics: run.metrics.filter(isKept),
    params: run.params.filter((param) => isKept(param) && isStorableText(param.value)),
  }
}

function warnOfLost(of: RunRecord, { runId, params, metrics }: CarriedRun, call: Call): void {
  const lost = of.params.length - params.length + of.metrics.length - metrics.length
  if (lost > 0)
    call.log.warn({ runId, lost }, 'a local registry cannot keep some params and metrics of a copied run')
}

/** A version may have been made of the files since, by another try that nobody has seen the end of. */
async function requireUnused(registry: LocalRegistry, root: string, call: Call): Promise<void> {
  const { href } = pathToFileURL(root)
  const [user] = await runStatement(
    registry,
    call,
    registry.database.queries
      .selectFrom('local_version as v')
      .innerJoin('local_model as m', 'm.id', 'v.model_id')
      .select(['m.name', 'v.number'])
      .where(({ eb, and, or }) =>
        or([
          eb('v.artifact_uri', '=', href),
          // The character after "/": whatever begins with it.
          and([eb('v.artifact_uri', '>=', `${href}/`), eb('v.artifact_uri', '<', `${href}0`)]),
        ]),
      )
      .limit(1),
  )
  if (user === undefined) return
  const message = `Version ${user.number} of the model ${JSON.stringify(user.name)} has these files already; they stay as they are.`
  throw new RegistryError('ALREADY_EXISTS', message)
}

function requirePath({ path }: TransferFile): void {
  if (isPlainPath(path)) return
  throw new RegistryError('BAD_USER_INPUT', `${JSON.stringify(path)} is not the path of a file in a version.`)
}

/** Up to the base. Another transfer may be putting something into one of them. */
async function removeEmptyFolders(folder: string, base: string): Promise<void> {
  try {
    for (let empty = folder; empty !== base; empty = dirname(empty)) await rmdir(empty)
  } catch (error) {
    if (!isInUse(error) && !isAbsent(error)) throw error
  }
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
