import type { ArtifactRecord, RegistryError } from '../../contract/index.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { SourceState } from '../registry/source-state.ts'

/** How one registry answered for a list. */
export interface SourceOutcome {
  readonly registry: FederatedRegistry
  readonly state: SourceState
  readonly asOf: Date | null
  readonly latencyMs: number | null
  readonly error: RegistryError | null
}

export interface ListEdge<Node> {
  readonly node: Node
  readonly index: number
  readonly cursors: CursorSource
}

/** Makes the cursor of a row of a list; few clients ask for more than the last one. */
export interface CursorSource {
  cursorAt(index: number): string
  /** Where a page without rows ends: where it began, when it may have rows once its registries are back. */
  readonly whenEmpty: string | null
}

/** Some rows of a list. */
interface ListPart<Node> {
  readonly nodes: readonly Node[]
  readonly cursors: CursorSource
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
}

export interface FederatedList<Node> extends ListPart<Node> {
  readonly totalCount: number | null
  readonly sources: readonly SourceOutcome[]
  readonly complete: boolean
}

export type ModelList = FederatedList<FederatedModel>
export type VersionList = FederatedList<FederatedVersion>
export type ModelListEdge = ListEdge<FederatedModel>
export type VersionListEdge = ListEdge<FederatedVersion>

export type ArtifactList = ListPart<ArtifactRecord>
export type ArtifactListEdge = ListEdge<ArtifactRecord>
