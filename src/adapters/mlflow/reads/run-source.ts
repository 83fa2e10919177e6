import { type Call, RegistryError } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { CheckedSource } from '../writes/checked-source.ts'
import { listFolder } from './artifact-place.ts'
import { findLoggedModelAt, getRunWire, joinPath, type RunPath } from './location.ts'

/**
 * A source of a run: what is among the run's own files stays as it is given, and a logged model that only looks like
 * one of them is named by its id, as MLflow's own client does it. From any other source that client could not load.
 */
export async function checkRunSource(
  server: MlflowRegistry,
  source: string,
  { runId, path }: RunPath,
  given: string | null,
  call: Call,
): Promise<CheckedSource> {
  if (given !== null && given !== runId) {
    throw new RegistryError(
      'BAD_USER_INPUT',
      `The source is of the run ${JSON.stringify(runId)}, not of ${JSON.stringify(given)}.`,
    )
  }
  const run = await getRunWire(server, runId, call)
  if (run === null) throw new RegistryError('NOT_FOUND', `There is no run ${JSON.stringify(runId)}.`)
  const own = { source, runId, modelId: null }
  const { loggedModels } = await server.profile(call)
  const content = loggedModels ? await lookAt(server, runId, path, call) : 'unknown'
  if (content === 'model') return own
  const logged = await findLoggedModelAt(server, run, path, call)
  if (logged !== null) {
    const { modelId, location } = logged.model
    const place = logged.path === '' ? `models:/${modelId}` : joinPath(location, logged.path)
    return { source: place, runId, modelId }
  }
  if (content !== 'nothing') return own
  throw new RegistryError(
    'NOT_FOUND',
    `The run ${JSON.stringify(runId)} has no files at ${JSON.stringify(path)}.`,
  )
}

/** What of its own a run has at a path. */
async function lookAt(
  server: MlflowRegistry,
  runId: string,
  path: string,
  call: Call,
): Promise<'model' | 'files' | 'nothing' | 'unknown'> {
  try {
    const files = await listFolder(server.client, { kind: 'run', runId, folder: path }, '', call)
    if (files.some((file) => file.path === 'MLmodel')) return 'model'
    if (files.length > 0 || path === '') return 'files'
    const parent = path.split('/').slice(0, -1).join('/')
    const siblings = await listFolder(server.client, { kind: 'run', runId, folder: '' }, parent, call)
    return siblings.some((file) => file.path === path) ? 'files' : 'nothing'
  } catch (error) {
    // The server need not reach the store where its clients put the files of runs.
    if (RegistryError.is(error) && ['REGISTRY_ERROR', 'UNSUPPORTED'].includes(error.code)) return 'unknown'
    throw error
  }
}
