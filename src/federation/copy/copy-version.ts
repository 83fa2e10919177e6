import { RegistryError, type TagRecord, tagLevelOf } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import { differ, type NotedOrigin, noteOf } from '../records/noted-origin.ts'
import type { FederatedVersion } from '../records/records.ts'
import { canonicalVersion, locateVersion, type VersionReference } from '../resolve/version-reference.ts'
import type { Session } from '../session/session.ts'
import { assertDescription, assertModelName, assertSource, assertTags } from '../write/legal-texts.ts'
import { type MadeVersion, makeVersion, type VersionPlan } from '../write/make-version.ts'
import { sortTags } from '../write/sort-tags.ts'
import type { WrittenVersion } from '../write/version-writes.ts'
import { notFound, toWritable } from '../write/writable.ts'
import { copyFiles } from './copy-files.ts'
import { copyReference, requireLocation } from './copy-reference.ts'
import { copyWithin } from './copy-within.ts'
import { requireTransfer } from './move-files.ts'
import { originUri, ownTags } from './origin.ts'
import type { CopyWatch } from './progress.ts'

export interface VersionToCopy {
  readonly source: VersionReference
  readonly destination: { readonly registry: string; readonly name: string }
  /** REFERENCE: the copy points to the files of the original. COPY: the files go along. */
  readonly artifacts: 'REFERENCE' | 'COPY'
  /** Besides those of the original, and instead of them where the keys are the same. */
  readonly tags: readonly TagRecord[]
  readonly idempotencyKey: string | null
}

/** What a copy is of, found once: an alias may have moved when the copy is tried again. */
interface CopyPlan extends VersionPlan {
  /** With what it was then, as another version may have its name by now. Plans of earlier releases lack that. */
  readonly original: WrittenVersion & { readonly noted?: NotedOrigin }
}

/** A version of a model that is made when it is not there. Within one registry the files are shared. */
export function copyVersion(
  session: Session,
  input: VersionToCopy,
  watch: CopyWatch = { onProgress: () => {} },
): Promise<MadeVersion> {
  const { idempotencyKey, artifacts, tags } = input
  const destination = [input.destination.registry, input.destination.name]
  session.registry(input.destination.registry, 'destination')
  const source = canonicalVersion(session, input.source, 'source')
  return makeVersion(session, {
    operation: 'copyModelVersion',
    copyOf: toWords(source),
    idempotencyKey,
    ...(artifacts === 'COPY' && { waitMs: session.federation.copyTimeoutMs }),
    movesFiles: artifacts === 'COPY',
    arguments: [source, destination, artifacts, sortTags(tags)],
    plan: () => plan(session, input),
    async create(making) {
      const { registry, model, version, noted } = making.plan.original
      assertWanted(watch, making.plan.registry)
      const source = await writingNothing(session.registry(registry).version({ model, version }))
      if (!source || (noted && differ(noteOf(source), noted))) {
        throw notFound(session.registry(registry), 'The version to copy')
      }
      const work = { ...making, session, source }
      if (registry === making.plan.registry) return copyWithin(work)
      return artifacts === 'COPY' ? copyFiles(work, watch) : copyReference(work)
    },
  })
}

function assertWanted({ signal }: CopyWatch, to: string): void {
  if (signal?.aborted)
    throw RegistryError.is(signal.reason) ? new RegistryFailure(to, signal.reason) : signal.reason
}

async function plan(session: Session, input: VersionToCopy): Promise<CopyPlan> {
  const { destination, artifacts } = input
  const source = await findSource(session, input)
  const from = session.registry(source.registry)
  const to = await toWritable(session.registry(destination.registry, 'destination'))
  assertModelName(to, destination.name, 'destination')
  const keepsTags = tagLevelOf(to, to.description) !== 'NONE'
  const tags = keepsTags ? mergeTags(source.tags, input.tags) : input.tags
  assertTags(to, tags)
  assertDescription(to, source.description ?? '', 'source')
  const isWithin = from.name === to.session.name
  const within = `models:/${source.modelName}/${source.version}`
  if (!isWithin && artifacts === 'COPY') requireTransfer(from, to.session)
  else if (!isWithin) assertSource(to, await requireLocation(from, source))
  else if (!to.session.link.facets.copies) assertSource(to, within)
  const uri = await originUri(from, source)
  return {
    original: {
      registry: source.registry,
      model: source.modelName,
      version: source.version,
      noted: noteOf(source),
    },
    registry: destination.registry,
    model: destination.name,
    createModel: true,
    source: isWithin ? within : uri,
    runId: null,
    description: source.description,
    tags: [...tags, ...ownTags(to, source, isWithin ? null : uri)],
  }
}

function toWords([registry, kind, model, segment]: readonly string[]): string {
  return `models://${registry}/${model}${kind === 'alias' ? '@' : '/'}${segment}`
}

async function findSource(session: Session, { source }: VersionToCopy): Promise<FederatedVersion> {
  const located = locateVersion(session, source, 'source')
  const found = await located.find()
  if (!found) throw notFound(located.registry, 'The version to copy')
  return found
}

function mergeTags(of: readonly TagRecord[], given: readonly TagRecord[]): TagRecord[] {
  const replaced = new Set(given.map(({ key }) => key))
  return [...of.filter(({ key }) => !replaced.has(key)), ...given]
}
