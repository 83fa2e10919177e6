import type { ModelReference } from '../../federation/records/references.ts'
import type { ModelRef } from '../generated/resolver-types.ts'

export function toModelReference(input: ModelRef): ModelReference {
  if (input.key) return { kind: 'key', ...input.key }
  // One of the two is there: the schema says @oneOf.
  return { kind: 'id', id: input.id as string }
}
