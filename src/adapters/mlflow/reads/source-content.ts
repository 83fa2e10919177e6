import { type Call, RegistryError } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import { below, folderBelow, type LoggedModelPlace, listFolder, type RunPlace } from './artifact-place.ts'

export type SourceContent = 'model' | 'files' | 'nothing' | 'unknown'

/** What a run has of its own, or a logged model, at a path below its root. */
export async function lookAt(
  { client }: MlflowRegistry,
  place: RunPlace | LoggedModelPlace,
  path: string,
  call: Call,
): Promise<SourceContent> {
  try {
    const files = await listFolder(client, place, path, call)
    if (files.some((file) => file.path === below(path, 'MLmodel'))) return 'model'
    if (files.length > 0 || path === '') return 'files'
    const parent = path.split('/').slice(0, -1).join('/')
    const siblings = await listFolder(client, place, parent, call)
    return siblings.some((file) => file.path === path) ? 'files' : 'nothing'
  } catch (error) {
    // The server need not reach the store where its clients put the files of runs.
    if (RegistryError.is(error) && ['REGISTRY_ERROR', 'UNSUPPORTED'].includes(error.code)) return 'unknown'
    throw error
  }
}

/** @throws RegistryError NOT_FOUND where it is known that there is nothing. */
export async function requireContent(
  server: MlflowRegistry,
  place: RunPlace | LoggedModelPlace,
  path: string,
  call: Call,
): Promise<void> {
  // Of a path that leads out again the server says so itself.
  if (path === '' || folderBelow('', path) === null) return
  if ((await lookAt(server, place, path, call)) === 'nothing') throw noFilesAt(place, path)
}

export function noFilesAt(place: RunPlace | LoggedModelPlace, path: string): RegistryError {
  const owner =
    place.kind === 'run'
      ? `run ${JSON.stringify(place.runId)}`
      : `logged model ${JSON.stringify(place.modelId)}`
  return new RegistryError('NOT_FOUND', `The ${owner} has no files at ${JSON.stringify(path)}.`)
}
