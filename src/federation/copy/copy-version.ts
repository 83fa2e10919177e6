import { type TagRecord, tagLevelOf } from '../../contract/index.ts'
import { brokenOff } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import type { CopyModelVersion } from '../records/command.ts'
import { differ, type NotedOrigin, noteOf } from '../records/noted-origin.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { WrittenVersion } from '../records/written.ts'
import { canonicalVersion, locateVersion } from '../resolve/version-reference.ts'
import type { Session } from '../session/session.ts'
import { assertDescription, assertModelName, assertSource, assertTags } from '../write/legal-texts.ts'
import type { MakingKind, VersionPlan } from '../write/make-version.ts'
import type { Watch } from '../write/progress.ts'
import { sortTags } from '../write/sort-tags.ts'
import { notFound, toWritable } from '../write/writable.ts'
import { copyFiles } from './copy-files.ts'
import { copyReference, requireLocation } from './copy-reference.ts'
import { copyWithin } from './copy-within.ts'
import { assertTransfer } from './move-files.ts'
import { originUri, ownTags } from './origin.ts'

/** What a copy is of, found once: an alias may have moved when the copy is tried again. */
interface CopyPlan extends VersionPlan {
  /** With what it was then, as another version may have its name by now. Plans of earlier releases lack that. */
  readonly original: WrittenVersion & { readonly noted?: NotedOrigin }
}

/** A version of a model that is made when it is not there. Within one registry the files are shared. */
export const copyingVersion: MakingKind<CopyModelVersion, CopyPlan> = {
  locate(session, { destination: { registry, name } }) {
    session.registry(registry, 'destination')
    return { registry, model: name }
  },
  wish(session, command) {
    const { destination, artifacts, tags } = command
    const source = canonicalVersion(session, command.source, 'source')
    return {
      arguments: [source, [destination.registry, destination.name], artifacts, sortTags(tags)],
      copyOf: toWords(source),
      movesFiles: artifacts === 'COPY',
      ...(artifacts === 'COPY' && { waitMs: session.federation.copyTimeoutMs }),
    }
  },
  async plan(session, command) {
    const { destination } = command
    const source = await findSource(session, command)
    const from = session.registry(source.registry)
    const to = await toWritable(session.registry(destination.registry, 'destination'))
    assertModelName(to, destination.name, 'destination')
    const keepsTags = tagLevelOf(to, to.description) !== 'NONE'
    const tags = keepsTags ? mergeTags(source.tags, command.tags) : command.tags
    assertTags(to, tags)
    assertDescription(to, source.description ?? '', 'source')
    const isWithin = from.name === to.session.name
    const within = `models:/${source.modelName}/${source.version}`
    if (!isWithin && command.artifacts === 'COPY') assertTransfer(from, to.session)
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
  },
  async create(making, { artifacts }) {
    const { session, watch, plan } = making
    const { registry, model, version, noted } = plan.original
    assertWanted(watch, plan.registry)
    const source = await writingNothing(session.registry(registry).version({ model, version }))
    if (!source || (noted && differ(noteOf(source), noted))) {
      throw notFound(session.registry(registry), 'The version to copy')
    }
    const work = { ...making, source }
    if (registry === plan.registry) return copyWithin(work)
    return artifacts === 'REFERENCE' ? copyReference(work) : copyFiles(work)
  },
}

function assertWanted({ signal }: Watch, to: string): void {
  if (signal?.aborted) throw brokenOff(to, signal)
}

function toWords([registry, kind, model, segment]: readonly string[]): string {
  return `models://${registry}/${model}${kind === 'alias' ? '@' : '/'}${segment}`
}

async function findSource(session: Session, { source }: CopyModelVersion): Promise<FederatedVersion> {
  const located = locateVersion(session, source, 'source')
  const found = await located.find()
  if (!found) throw notFound(located.registry, 'The version to copy')
  return found
}

function mergeTags(of: readonly TagRecord[], given: readonly TagRecord[]): TagRecord[] {
  const replaced = new Set(given.map(({ key }) => key))
  return [...of.filter(({ key }) => !replaced.has(key)), ...given]
}
