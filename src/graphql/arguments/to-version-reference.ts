import type { VersionReference } from '../../federation/records/references.ts'
import type { ModelVersionRef } from '../generated/resolver-types.ts'

export function toVersionReference(input: ModelVersionRef): VersionReference {
  if (input.key) return { kind: 'key', ...input.key }
  if (input.alias) return { kind: 'alias', ...input.alias }
  if (input.uri) return { kind: 'uri', uri: input.uri.uri, registry: input.uri.registry ?? null }
  // One of the four is there: the schema says @oneOf.
  return { kind: 'id', id: input.id as string }
}
