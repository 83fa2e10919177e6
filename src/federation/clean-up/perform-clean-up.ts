import type { ArtifactImports, ArtifactUpload } from '../../contract/index.ts'
import type { CleanUp } from '../../stores/clean-ups.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { Federation } from '../session/federation.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { Session } from '../session/session.ts'
import { leftBehind, type Mark, takeBackModel } from '../write/take-back-model.ts'
import { type Needs, requirePart, requireWrites } from '../write/writable.ts'

const discardMs = 30_000
/** For the leases and the reads of it, so that closing a gateway does not wait longer. */
const deadlineMs = 10_000
const settled: ReadonlySet<string> = new Set(['ALREADY_EXISTS', 'NOT_FOUND'])
const taking: Needs<ArtifactImports> = {
  part: ({ imports }) => imports,
  toDo: 'take files away, as it takes none in any more',
}

/** What is noted of the files of a copy. */
export interface FilesDetails {
  readonly origin: string
  /** The model that was made for them. Notes of earlier releases lack it. */
  readonly made?: Mark | null
}

/** Answers what people have to do; null when all is done. */
export async function performCleanUp(
  federation: Federation,
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<string | null> {
  const { kind, registry: name, model, details } = cleanUp
  if (!federation.link(name)) return `There is no registry "${name}" in the configuration any more.`
  const session = new Session(federation, { deadlineMs, signal, caller: null, lane: 'background' })
  try {
    const refusal = refusalOf(session.registry(name), kind)
    if (refusal !== null) return refusal
    if (kind === 'files') await takeFilesAway(session.registry(name), cleanUp, signal)
    const made = kind === 'files' ? (JSON.parse(details) as FilesDetails).made : (JSON.parse(details) as Mark)
    const isSettled = !made || (await takeBackModel(session, { registry: name, model }, made))
    return isSettled ? null : leftBehind(model)
  } finally {
    session.end()
  }
}

/**
 * What the configuration rules out. What the registry itself calls unsupported is tried again: so looks, too, what a
 * proxy says of a server that is not up yet.
 */
function refusalOf(registry: RegistrySession, kind: CleanUp['kind']): string | null {
  try {
    if (kind === 'model') requireWrites(registry)
    else requirePart(registry, taking)
    return null
  } catch (error) {
    if (error instanceof RegistryFailure) return error.message
    throw error
  }
}

async function takeFilesAway(
  registry: RegistrySession,
  { id, model, details }: CleanUp,
  signal: AbortSignal,
): Promise<void> {
  const { origin } = JSON.parse(details) as FilesDetails
  try {
    const begin = { id, model, origin }
    const upload = await registry.transfer(withinTime(signal), (facets, call) =>
      requirePart(registry, taking, facets).begin(begin, call),
    )
    await discardFiles(registry, upload, signal)
  } catch (error) {
    // A version was made with the files all the same, or its model is gone with all it had: there is nothing to clean up.
    if (!(error instanceof RegistryFailure) || !settled.has(error.code)) throw error
  }
}

export function discardFiles(
  registry: RegistrySession,
  upload: ArtifactUpload,
  signal: AbortSignal,
): Promise<void> {
  return registry.transfer(withinTime(signal), (_, call) => upload.discard(call))
}

function withinTime(signal: AbortSignal) {
  return {
    deadline: Date.now() + discardMs,
    signal: AbortSignal.any([signal, AbortSignal.timeout(discardMs)]),
  }
}
