import { type Call, RegistryError } from '../../../contract/index.ts'
import type { MlflowRegistry } from '../registry.ts'
import type { CheckedSource } from '../writes/checked-source.ts'
import { findLoggedModelAt, getRunWire, joinPath, type RunPath } from './location.ts'
import { lookAt, noFilesAt, requireContent } from './source-content.ts'

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
  const place = { kind: 'run', runId, folder: '' } as const
  const content = loggedModels ? await lookAt(server, place, path, call) : 'unknown'
  if (content === 'model') return own
  const logged = await findLoggedModelAt(server, run, path, call)
  if (logged !== null) {
    const { modelId, location } = logged.model
    if (logged.path === '') return { source: `models:/${modelId}`, runId, modelId }
    await requireContent(server, { kind: 'loggedModel', modelId, folder: '' }, logged.path, call)
    return { source: joinPath(location, logged.path), runId, modelId }
  }
  if (content !== 'nothing') return own
  throw noFilesAt(place, path)
}
