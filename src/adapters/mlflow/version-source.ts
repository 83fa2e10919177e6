import { type Call, type NewVersion, RegistryError } from '../../contract/index.ts'
import { relativeTo } from './artifact-place.ts'
import { findRunRoot, parseRunUri, parseVersionUri, type RunPath } from './location.ts'
import type { Server } from './server.ts'
import { getVersion } from './version-keys.ts'
import { noSuchVersion } from './write-words.ts'

type Origin = Pick<NewVersion, 'source' | 'runId'>

/**
 * The run to send with a source. What newer servers refuse is refused of older ones too, who would take it: files
 * that are nowhere on this server, or not the run's.
 */
export async function checkSource(server: Server, origin: Origin, call: Call): Promise<string | null> {
  const { source, runId } = origin
  const run = parseRunUri(source)
  if (run !== null) return checkRun(server, run, runId, call)
  switch (schemeOf(source)) {
    case 'models':
      return checkCopy(server, origin, call)
    case 'mlflow-artifacts':
      return checkOwned(server, origin, call)
    case 'file':
    case '':
      if (runId === null || /^file:\/\/[^/]/i.test(source)) throw refused(localWords)
      return runId
    default:
      return runId
  }
}

async function checkRun(
  server: Server,
  { runId }: RunPath,
  given: string | null,
  call: Call,
): Promise<string> {
  if (given !== null && given !== runId) {
    throw refused(`The source is of the run ${JSON.stringify(runId)}, not of ${JSON.stringify(given)}.`)
  }
  await requireRun(server, runId, call)
  return runId
}

/** Servers since 3.17 take the run from the original, and refuse another one; older ones are told it. */
async function checkCopy(server: Server, { source, runId }: Origin, call: Call): Promise<string | null> {
  const original = parseVersionUri(source)
  if (original === null) throw refused('A models: source must be models:/NAME/VERSION.')
  // The server reads it as a URL, of which these characters would be the end or be left out.
  if (/[?/\n\r\t]/.test(original.model)) {
    throw refused('MLflow cannot copy a model whose name holds "?", "/", a tab or a line break.')
  }
  const { copiesTakeRun } = await server.profile(call)
  if (runId !== null || copiesTakeRun) return runId
  const version = await getVersion(server, original, call)
  if (version === null) throw new RegistryError('NOT_FOUND', noSuchVersion(original))
  return version.runId
}

async function checkOwned(server: Server, { source, runId }: Origin, call: Call): Promise<string> {
  if (runId === null) throw refused(ownedWords)
  const root = await requireRun(server, runId, call)
  if (relativeTo(root, source) === null) throw refused(ownedWords)
  return runId
}

async function requireRun(server: Server, runId: string, call: Call): Promise<string> {
  const root = await findRunRoot(server, runId, call)
  if (root === null) throw new RegistryError('NOT_FOUND', `There is no run ${JSON.stringify(runId)}.`)
  return root
}

function schemeOf(source: string): string {
  return (/^([a-z][a-z0-9+.-]*):/i.exec(source)?.[1] ?? '').toLowerCase()
}

const ownedWords =
  'MLflow takes a location in its own artifact store only with the run that it is part of; files of another server have to be copied (artifacts: COPY).'
const localWords =
  'MLflow takes a path on a disk only with the run whose artifacts are there; the files have to be copied (artifacts: COPY), or be in a store that everybody reaches.'

function refused(words: string): RegistryError {
  return new RegistryError('BAD_USER_INPUT', words)
}
