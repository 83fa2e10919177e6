import { InputError } from '../errors/input-error.ts'
import { fromNodeId } from '../records/node-id.ts'
import type { ModelReference } from '../records/references.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'

export interface LocatedModel {
  readonly registry: RegistrySession
  readonly name: string
}

/** @throws InputError naming `field` for an unknown registry, or the id of something else. */
export function locateModel(session: Session, reference: ModelReference, field = 'model'): LocatedModel {
  if (reference.kind === 'key') {
    return { registry: session.registry(reference.registry, field), name: reference.name }
  }
  const node = fromNodeId(reference.id)
  if (node?.type !== 'Model') throw new InputError(field, 'This id is not that of a model.')
  return { registry: session.registry(node.registry, field), name: node.name }
}
