import { createHash } from 'node:crypto'
import { fromVersionUri, type ModelVersionRecord, type VersionPlace } from '../../contract/index.ts'

/** A version that something was copied from, and what tells it from another one that has its name by now. */
export interface NotedOrigin extends VersionPlace {
  /** Epoch milliseconds. */
  readonly createdAt?: number
  /** These by a digest: a location may be longer than a tag, and hold what is nobody else's business. */
  readonly source?: string
  readonly location?: string
  readonly digest?: string
  readonly run?: string
}

const marks = ['source', 'location', 'digest', 'run'] as const

/** The source of a copy is left out: it is read from tags, which anybody can take away. */
export function noteOf(version: ModelVersionRecord & Pick<VersionPlace, 'registry'>): NotedOrigin {
  const { registry, modelName: model, version: name, createdAt, source, artifactUri } = version
  const isCopy = source !== null && fromVersionUri(source) !== null
  const texts = {
    source: isCopy ? null : source,
    location: artifactUri,
    digest: version.digest,
    run: version.runId,
  }
  const given = marks.flatMap((mark) => (texts[mark] === null ? [] : [[mark, digestOf(texts[mark])]]))
  return {
    registry,
    model,
    version: name,
    ...(createdAt !== null && { createdAt: createdAt.getTime() }),
    ...Object.fromEntries(given),
  }
}

/** Whether they cannot be the same version: something is known of both, and differs. */
export function differ(one: NotedOrigin, other: NotedOrigin): boolean {
  return (['createdAt', ...marks] as const).some(
    (mark) => one[mark] !== undefined && other[mark] !== undefined && one[mark] !== other[mark],
  )
}

export function isSamePlace(one: VersionPlace, other: VersionPlace): boolean {
  return one.registry === other.registry && one.model === other.model && one.version === other.version
}

/** Anybody can write to a registry; what is not of this form says nothing. */
export function readNotes(text: string | null): NotedOrigin[] {
  if (text === null) return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter(isNote) : []
  } catch {
    return []
  }
}

function isNote(value: unknown): value is NotedOrigin {
  if (typeof value !== 'object' || value === null) return false
  const note = value as Record<string, unknown>
  return (
    ['registry', 'model', 'version'].every((name) => typeof note[name] === 'string') &&
    ['undefined', 'number'].includes(typeof note.createdAt) &&
    marks.every((mark) => ['undefined', 'string'].includes(typeof note[mark]))
  )
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
