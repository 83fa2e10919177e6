import {
  type ArtifactUpload,
  type ImportedFiles,
  type NewTransfer,
  RegistryError,
  type TagRecord,
} from '../../contract/index.ts'
import { FilesToCleanUp } from '../clean-up/files-to-clean-up.ts'
import { brokenOff, RegistryFailure } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import { withDigest } from '../records/origin-tags.ts'
import { runOfVersion } from '../resolve/run-of-version.ts'
import { CopyLimits } from '../session/copy-limits.ts'
import { mayBeUndone } from '../write/once.ts'
import type { OnProgress } from '../write/progress.ts'
import { requirePart } from '../write/writable.ts'
import type { CopyWork } from './copy-work.ts'
import { type CopiedFile, digestOfFiles, isDigestOf } from './manifest.ts'
import { assertTransfer, moveFiles, taking } from './move-files.ts'

/**
 * Moves the files and then makes the version. Until there is one nobody sees the files, and when it is certain that
 * there is none they are taken away again: now, or later by what is noted of them.
 */
export async function copyFiles(work: CopyWork): Promise<string> {
  const { session, source, destination, once, watch } = work
  const { federation } = session
  const run = await writingNothing(runOfVersion(session, source))
  const milliseconds = session.remaining(federation.copyTimeoutMs)
  const stops = [once?.lost, watch.signal].filter((stop) => stop !== undefined)
  const limits = new CopyLimits(destination.registry.name, milliseconds, federation, stops)
  try {
    return await federation.copySlots.run(source.registry, destination.registry.name, limits.signal, () =>
      transferAndCreate({ ...work, run }, limits),
    )
  } catch (error) {
    // It was stopped in the line: no registry has been asked for anything.
    throw error === limits.signal.reason ? brokenOff(destination.registry.name, limits.signal) : error
  } finally {
    limits.end()
  }
}

type WorkWithRun = CopyWork & Pick<NewTransfer, 'run'>

async function transferAndCreate(work: WorkWithRun, limits: CopyLimits): Promise<string> {
  const { session, source, destination, plan, once, watch } = work
  const report: OnProgress = (progress) => {
    limits.noteProgress()
    watch.onProgress(progress)
  }
  const { remains, upload } = await begin(work, limits)
  try {
    const { copyMaxBytes } = session.federation
    const from = session.registry(source.registry)
    const route = {
      from,
      to: destination.registry,
      source,
      origin: plan.source,
      upload,
      limits,
      copyMaxBytes,
    }
    const { files, imported } = await writingNothing(moveFiles(route, report))
    assertUnchanged(work, files)
    await destination.registry.link.untilAsked(limits.signal)
    await remains.leaveToPeople('It is not known whether a version was made with the files.')
    const version = await createVersion(work, { upload, imported, files })
    await remains.forget()
    return version
  } catch (error) {
    if (mayBeUndone(error, once)) await remains.cleanUp(upload)
    throw error
  }
}

/** In the model's turn, as what is begun may be a version of it. */
async function begin(work: WorkWithRun, limits: CopyLimits) {
  const { session, source, destination, plan, nonce, once, run = null } = work
  return destination.enter(async (_, lost) => {
    // Waiting for a turn and for the gate is no standing still.
    limits.noteProgress()
    const to = destination.registry
    assertTransfer(session.registry(source.registry), to)
    const transfer = { id: nonce, model: plan.model, origin: plan.source, run }
    const remains = await FilesToCleanUp.note(to, transfer, destination.made, session.federation)
    try {
      const beginning = to.transfer(limits.withRight(lost), (facets, call) =>
        requirePart(to, taking, facets).begin(transfer, call),
      )
      return { remains, upload: await writingNothing(remains.unlessNothingWritten(beginning)) }
    } catch (error) {
      if (mayBeUndone(error, once)) await remains.cleanUp(null)
      throw error
    }
  })
}

interface MovedFiles {
  readonly upload: ArtifactUpload
  readonly imported: ImportedFiles
  readonly files: readonly CopiedFile[]
}

/** From here on the outcome may be unknown. */
async function createVersion(
  { session, destination, plan, once }: CopyWork,
  { upload, imported: { source, runId }, files }: MovedFiles,
): Promise<string> {
  // Moving the files took its own time; the version has the registry's usual budget.
  session.renew()
  const { model, description } = plan
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const tags: TagRecord[] = withDigest(plan.tags, digestOfFiles(files), bytes)
  const version = { model, source, runId, description, tags, idempotencyKey: once?.key ?? null }
  return destination.createVersion(version, upload)
}

/** A digest that was noted when these files were last copied still has to be theirs. */
function assertUnchanged({ source, plan }: CopyWork, files: readonly CopiedFile[]): void {
  if (source.digest === null || isDigestOf(files, source.digest)) return
  const message = `The files of ${plan.source} are not what they were: their digest was ${source.digest}, and is ${digestOfFiles(files)}.`
  const options = { nothingWritten: true }
  throw new RegistryFailure(source.registry, new RegistryError('REGISTRY_ERROR', message, options))
}
