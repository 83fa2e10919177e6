import { compareVersions } from '../../contract/code-point-order.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { FederatedVersionsOfModel } from '../registry/registry-reads.ts'
import { digestOf } from '../session/cursor.ts'
import type { Reader } from '../session/reader.ts'
import type { Session } from '../session/session.ts'
import type { VersionList } from './connection.ts'

interface FirstPage {
  readonly registry: Reader
  readonly model: string
  readonly first: number
  readonly includeArchived: boolean
  /** What its cursors are bound to. */
  binding(): unknown
  readonly startedAt: number
}

/**
 * The first versions of a model, highest first, as `listFederated` would make them of the same batch: a page of models has
 * as many of these lists as rows. Null where the batch does not settle it.
 */
export function pageOfBatch(
  session: Session,
  found: FederatedVersionsOfModel | null,
  { registry, model, first, includeArchived, binding, startedAt }: FirstPage,
): VersionList | null {
  const rows = found === null ? [] : highestFirst(found.versions.filter(isShown))
  const isWhole = found === null || found.complete
  if (!isWhole && rows.length <= first) return null
  const nodes = rows.length > first ? rows.slice(0, first) : rows
  const complete = !registry.isStale
  if (!complete) session.noteIncomplete()
  const { cursors } = session.federation
  return {
    nodes,
    cursors: {
      cursorAt(index) {
        const row = nodes[index]
        if (!row) throw new RangeError(`This page has no row ${index}.`)
        const { modelName: name, version } = row
        const place = { values: [version], registry: registry.name, name, version, hints: {} }
        return cursors.encode(digestOf(binding()), { ...place, incomplete: !complete }, false)
      },
      whenEmpty: null,
    },
    hasNextPage: rows.length > first,
    hasPreviousPage: false,
    totalCount: isWhole ? rows.length : null,
    sources: [
      {
        registry: registry.record,
        state: complete ? 'OK' : 'STALE',
        asOf: registry.asOf(),
        latencyMs: Math.round(performance.now() - startedAt),
        error: null,
      },
    ],
    complete,
  }

  function isShown({ modelName, archived }: FederatedVersion): boolean {
    return modelName === model && (includeArchived || !archived)
  }
}

/** Most come so. */
function highestFirst(rows: readonly FederatedVersion[]): readonly FederatedVersion[] {
  for (let index = 1; index < rows.length; index++) {
    const [above, row] = [rows[index - 1], rows[index]]
    if (above && row && compareVersions(above.version, row.version) < 0)
      return rows.toSorted((a, b) => compareVersions(b.version, a.version))
  }
  return rows
}
