import {
  compareCodePoints,
  compareVersions,
  type ModelLeaf,
  type VersionFilter,
} from '../../contract/index.ts'
import type { FoundDocument, SearchedPart, WordCondition, WordIndex } from '../../words/word-index.ts'
import { allOf, asksFor, isOfRun, splitFilter } from '../filter/filter-tree.ts'
import type { Reach } from '../list/reach.ts'
import { versionRows } from '../list/version-rows.ts'
import type { KeptPart } from '../session/readers.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'

export interface ScopeRequest {
  readonly where: VersionFilter | null
  readonly versionsOnly: boolean
  readonly includeArchived: boolean
}

/** A registry of which something is kept. */
export interface KeptRegistry {
  readonly live: RegistrySession
  readonly part: KeptPart & { readonly id: number }
  /** Which of its models are there for the caller, and asked for. */
  readonly reach: Reach<ModelLeaf>
}

export interface Admitted {
  readonly documents: readonly FoundDocument[]
  /** Whether there are no others. */
  readonly isAll: boolean
}

/** Where a hit stands among others. */
export interface RankedPlace {
  readonly score: number
  readonly registry: string
  readonly model: string
  readonly version: string | null
}

/** As many are looked at to find the few that may be seen, where a database cannot say which. */
const mostLookedAt = 200_000

/** What one caller searches: of these registries what it may see, and what it has asked for. */
export class SearchScope {
  readonly index: WordIndex
  readonly signal: AbortSignal
  readonly #session: Session
  readonly #request: ScopeRequest
  readonly #kept: ReadonlyMap<number, KeptRegistry>
  readonly #parts: readonly SearchedPart[]

  constructor(session: Session, kept: readonly KeptRegistry[], request: ScopeRequest, signal: AbortSignal) {
    this.index = session.federation.wordIndex
    this.signal = signal
    this.#session = session
    this.#request = request
    this.#kept = new Map(kept.map((each) => [each.part.id, each]))
    this.#parts = kept.map((each) => this.#toPart(each))
  }

  /** With a filter there are versions only. */
  get withModels(): boolean {
    return !this.#request.versionsOnly
  }

  registryOf({ registryId }: FoundDocument): RegistrySession {
    return this.#keptOf(registryId).live
  }

  models(condition: WordCondition, most: number): Promise<Admitted> {
    return this.#collect(most, async (limit) => {
      const documents = await this.index.models(this.#query(condition, limit))
      return { documents, given: documents.length }
    })
  }

  versions(condition: WordCondition, most: number): Promise<Admitted> {
    return this.#collect(most, async (limit) => {
      const { documents, residues } = await this.index.versions(this.#query(condition, limit))
      const judged = await Promise.all(
        [...Map.groupBy(documents, ({ registryId }) => registryId)].map(([id, own]) =>
          this.#judge(this.#kept.get(id), own, residues.get(id) ?? null),
        ),
      )
      return { documents: judged.flat(), given: documents.length }
    })
  }

  #query(condition: WordCondition, limit: number) {
    return { condition, parts: this.#parts, includeArchived: this.#request.includeArchived, limit }
  }

  async #collect(
    most: number,
    ask: (limit: number) => Promise<{ readonly documents: readonly FoundDocument[]; readonly given: number }>,
  ): Promise<Admitted> {
    if (this.#parts.length === 0) return { documents: [], isAll: true }
    for (let limit = most + 1; ; limit = Math.min(limit * 8, mostLookedAt)) {
      const found = await ask(limit)
      this.signal.throwIfAborted()
      const documents = await this.#admitted(found.documents)
      const isAll = found.given < limit
      if (isAll || documents.length > most || limit >= mostLookedAt) {
        return { documents: documents.slice(0, most), isAll: isAll && documents.length <= most }
      }
    }
  }

  /** What the index leaves of the filter is looked at with the versions themselves. */
  async #judge(
    kept: KeptRegistry | undefined,
    documents: readonly FoundDocument[],
    residue: VersionFilter | null,
  ): Promise<readonly FoundDocument[]> {
    const { where } = this.#request
    if (!kept || where === null) return documents
    const left = allOf([residue, withoutRunsOf(kept, where).left])
    if (left === null && !asksFor(where, isOfRun)) return documents
    const reader = this.#session.federation.readers.inMode('INDEXED', kept.live)
    const versions = await Promise.all(
      documents.map(({ model, version }) => reader.version({ model, version: version ?? '' })),
    )
    const there = documents.flatMap((document, index) => {
      const row = versions[index]
      return row ? [{ document, row }] : []
    })
    const rows = there.map(({ row }) => row)
    const judged = await versionRows(this.#session).examine(reader, rows, {
      residue: left,
      whole: where,
      order: [],
    })
    return there.filter((_, index) => judged[index]?.matches).map(({ document }) => document)
  }

  #toPart({ live, part, reach }: KeptRegistry): SearchedPart {
    const { where } = this.#request
    const filter = where && withoutRunsOf({ part }, where).asked
    const asked = (model: string) => live.asked(model)
    return {
      id: part.id,
      hasTimeless: part.hasTimeless,
      names: reach.filter,
      where: filter && versionRows(this.#session).toBackendFilter(filter, asked),
    }
  }

  async #admitted(documents: readonly FoundDocument[]): Promise<readonly FoundDocument[]> {
    const known = documents.map(({ registryId, model }) => this.#keptOf(registryId).reach.admits(model))
    if (!known.includes(null)) return documents.filter((_, index) => known[index])
    const admitted = await Promise.all(
      documents.map((document, index) => known[index] ?? this.#isAdmittedByTags(document)),
    )
    return documents.filter((_, index) => admitted[index])
  }

  async #isAdmittedByTags({ registryId, model }: FoundDocument): Promise<boolean> {
    const { live, reach } = this.#keptOf(registryId)
    const record = await this.#session.federation.readers.inMode('INDEXED', live).model(model)
    return record !== null && reach.admitsTagged(model, record.tags)
  }

  #keptOf(registryId: number): KeptRegistry {
    const kept = this.#kept.get(registryId)
    if (!kept) throw new Error(`Nothing of registry ${registryId} was searched.`)
    return kept
  }
}

/** Of a registry whose runs are not kept the gateway asks for them. */
function withoutRunsOf({ part }: Pick<KeptRegistry, 'part'>, where: VersionFilter) {
  return part.keepsRuns ? { asked: where, left: null } : splitFilter(where, isOfRun)
}

/** A total order: the best first; of what is level models, then by the names. */
export function comparePlaces(a: RankedPlace, b: RankedPlace): number {
  return (
    b.score - a.score ||
    Number(a.version !== null) - Number(b.version !== null) ||
    compareCodePoints(a.registry, b.registry) ||
    compareCodePoints(a.model, b.model) ||
    compareVersions(a.version ?? '', b.version ?? '')
  )
}
