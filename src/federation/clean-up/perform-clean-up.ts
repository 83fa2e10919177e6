import type { ArtifactUpload } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { Federation } from '../session/federation.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { Session } from '../session/session.ts'
import type { CleanUp } from '../session/write-coordination.ts'
import { leftBehind, type Mark, takeBackModel } from '../write/destination-model.ts'
import { requirePart } from '../write/writable.ts'

const discardMs = 30_000
/** For the leases and the reads of it, so that closing a gateway does not wait longer. */
const deadlineMs = 10_000
const cannotTake = 'take files away, as it takes none in any more'

/** Answers what people have to do; null when all is done. */
export async function performCleanUp(
  federation: Federation,
  { id, kind, registry: name, model, details }: CleanUp,
  signal: AbortSignal,
): Promise<string | null> {
  if (!federation.link(name)) return `There is no registry "${name}" in the configuration any more.`
  const session = new Session(federation, { deadlineMs, signal, caller: null })
  try {
    if (kind === 'model') {
      const isSettled = await takeBackModel(session, { registry: name, model }, JSON.parse(details) as Mark)
      return isSettled ? null : leftBehind(model)
    }
    const registry = session.registry(name)
    const imports = requirePart(registry, registry.link.facets.imports, cannotTake)
    const { origin } = JSON.parse(details) as { readonly origin: string }
    const upload = await registry.transfer(withinTime(signal), (_, call) =>
      imports.begin({ id, model, origin }, call),
    )
    await discardFiles(registry, upload, signal)
    return null
  } catch (error) {
    // A version was made with the files all the same: there is nothing to clean up.
    if (error instanceof RegistryFailure && error.error.code === 'ALREADY_EXISTS') return null
    if (error instanceof RegistryFailure && error.error.code === 'UNSUPPORTED') return error.message
    throw error
  } finally {
    session.end()
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
