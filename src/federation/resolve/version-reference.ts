import { InputError } from '../input-error.ts'
import type { FederatedVersion } from '../records.ts'
import type { Session } from '../session.ts'
import { fromNodeId } from './node-id.ts'
import { locateUri } from './resolve-uri.ts'

/** Names a version in one of four ways. */
export type VersionReference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'key'; readonly registry: string; readonly model: string; readonly version: string }
  | { readonly kind: 'alias'; readonly registry: string; readonly model: string; readonly alias: string }
  | { readonly kind: 'uri'; readonly registry: string | null; readonly uri: string }

/**
 * Checks a reference and says how to load what it names.
 *
 * @throws InputError naming `field` for an unknown registry, a malformed URI, or the id of something else.
 */
export function locateVersion(
  session: Session,
  reference: VersionReference,
  field: string,
): () => Promise<FederatedVersion | null> {
  switch (reference.kind) {
    case 'id': {
      const node = fromNodeId(reference.id)
      if (node?.type !== 'ModelVersion')
        throw new InputError(field, 'This id is not that of a model version.')
      const registry = session.registry(node.registry, field)
      return () => registry.version({ model: node.model, version: node.version })
    }
    case 'key': {
      const { model, version } = reference
      const registry = session.registry(reference.registry, field)
      return () => registry.version({ model, version })
    }
    case 'alias': {
      const { model, alias } = reference
      const registry = session.registry(reference.registry, field)
      return () => registry.holderOfAlias({ model, alias })
    }
    case 'uri':
      return locateUri(session, reference.uri, reference.registry, field).find
  }
}
