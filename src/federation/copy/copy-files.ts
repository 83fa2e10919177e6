import {
  type ArtifactUpload,
  type ImportedFiles,
  RegistryError,
  type TagRecord,
} from '../../contract/index.ts'
import { withDigest } from '../registry/origin-tags.ts'
import { RegistryFailure } from '../registry-failure.ts'
import { mayBeUndone } from '../write/once.ts'
import { writingNothing } from '../write/writing-nothing.ts'
import type { CopyWork } from './copy-work.ts'
import { type CopiedFile, digestOfFiles, isDigestOf } from './manifest.ts'
import { moveFiles, requireTransfer } from './move-files.ts'
import { originUri } from './origin.ts'
import type { OnProgress } from './progress.ts'

const discardMs = 30_000

/**
 * Moves the files and then makes the version. Until there is one nobody sees the files, and when it is certain that
 * there is none they are taken away again.
 */
export function copyFiles(work: CopyWork, onProgress: OnProgress): Promise<string> {
  const { federation } = work.session
  return federation.transfers.execute(async () => {
    const stop = new AbortController()
    const deadline = Date.now() + work.session.remaining(federation.copyTimeoutMs)
    const lost = work.once?.lost
    const leave = () => stop.abort(lost?.reason)
    lost?.addEventListener('abort', leave)
    if (lost?.aborted) leave()
    const timer = setTimeout(() => stop.abort(tookTooLong(work)), deadline - Date.now())
    try {
      return await transferAndCreate(work, { deadline, stop }, onProgress)
    } finally {
      clearTimeout(timer)
      lost?.removeEventListener('abort', leave)
    }
  })
}

async function transferAndCreate(
  work: CopyWork,
  limits: { readonly deadline: number; readonly stop: AbortController },
  onProgress: OnProgress,
): Promise<string> {
  const { session, source, destination, plan, nonce, once } = work
  const { stop, deadline } = limits
  await destination.enter(async () => {})
  const from = session.registry(source.registry)
  const to = destination.registry
  const { imports } = requireTransfer(from, to)
  const transfer = { id: nonce, model: plan.model, origin: originUri(source) }
  const asker = { deadline, signal: stop.signal }
  const upload = await writingNothing(to.transfer(asker, (_, call) => imports.begin(transfer, call)))
  try {
    const { copyMaxBytes } = session.federation
    const route = { from, to, source, upload, deadline, stop, copyMaxBytes }
    const { files, imported } = await writingNothing(moveFiles(route, onProgress))
    assertUnchanged(work, files)
    return await createVersion(work, imported, files)
  } catch (error) {
    if (mayBeUndone(error, once)) await discard(work, upload)
    throw error
  }
}

/** From here on the outcome may be unknown. */
async function createVersion(
  { session, destination, plan, once }: CopyWork,
  { source, runId }: ImportedFiles,
  files: readonly CopiedFile[],
): Promise<string> {
  // Moving the files took its own time; the version has the registry's usual budget.
  session.renew()
  const { model, description } = plan
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const tags: TagRecord[] = withDigest(plan.tags, digestOfFiles(files), bytes)
  const version = { model, source, runId, description, tags, idempotencyKey: once?.key ?? null }
  return destination.createVersion(version)
}

/** A digest that was noted when these files were last copied still has to be theirs. */
function assertUnchanged({ source }: CopyWork, files: readonly CopiedFile[]): void {
  if (source.digest === null || isDigestOf(files, source.digest)) return
  const message = `The files of ${originUri(source)} are not what they were: their digest was ${source.digest}, and is ${digestOfFiles(files)}.`
  const options = { nothingWritten: true }
  throw new RegistryFailure(source.registry, new RegistryError('REGISTRY_ERROR', message, options))
}

async function discard({ session, destination }: CopyWork, upload: ArtifactUpload): Promise<void> {
  const asker = { deadline: Date.now() + discardMs, signal: AbortSignal.timeout(discardMs) }
  try {
    await destination.registry.transfer(asker, (_, call) => upload.discard(call))
  } catch (error) {
    const { log } = session.federation
    log.warn({ registry: destination.registry.name, err: error }, 'files of a copy were left behind')
  }
}

function tookTooLong({ destination }: CopyWork): RegistryError {
  const message = `The files did not all reach "${destination.registry.name}" in time; see federation.copyTimeoutMs.`
  return new RegistryError('REGISTRY_TIMEOUT', message, { nothingWritten: true })
}
