import { readExactly, type VersionKey } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { parseModelUri } from '../records/model-uri.ts'
import { fromNodeId } from '../records/node-id.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { VersionReference } from '../records/references.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import { locateUri } from './resolve-uri.ts'

export interface LocatedVersion {
  readonly registry: RegistrySession
  /** Null when the registry has to be asked which one it is. */
  readonly key: VersionKey | null
  readonly find: () => Promise<FederatedVersion | null>
}

/**
 * Checks a reference and says how to find what it names.
 *
 * @throws InputError naming `field` for an unknown registry, a malformed URI, or the id of something else.
 */
export function locateVersion(session: Session, reference: VersionReference, field: string): LocatedVersion {
  switch (reference.kind) {
    case 'id': {
      const node = fromNodeId(reference.id)
      if (node?.type !== 'ModelVersion')
        throw new InputError(field, 'This id is not that of a model version.')
      return byKey(session.registry(node.registry, field), { model: node.model, version: node.version })
    }
    case 'key': {
      const { model, version } = reference
      return byKey(session.registry(reference.registry, field), { model, version })
    }
    case 'alias': {
      const { model, alias } = reference
      const registry = session.registry(reference.registry, field)
      return { registry, key: null, find: () => registry.holderOfAlias({ model, alias }) }
    }
    case 'uri':
      return { ...locateUri(session, reference.uri, reference.registry, field), key: null }
  }
}

/** The same for every spelling of one reference. An alias and the version that holds it are two. */
export function canonicalVersion(
  session: Session,
  reference: VersionReference,
  field: string,
): readonly string[] {
  const { registry, key } = locateVersion(session, reference, field)
  if (key) return [registry.name, 'version', key.model, key.version]
  if (reference.kind === 'alias') return [registry.name, 'alias', reference.model, reference.alias]
  const parsed = reference.kind === 'uri' ? parseModelUri(reference.uri) : null
  if (!parsed) return [registry.name]
  const { name, selector } = parsed
  if (selector.kind === 'alias') return [registry.name, 'alias', name, selector.alias]
  const exact = readExactly(selector.segment)
  if (exact !== null) return [registry.name, 'version', name, exact]
  const kind = /^[0-9]+$/.test(selector.segment) ? 'version' : 'path'
  return [registry.name, kind, name, selector.segment]
}

function byKey(registry: RegistrySession, key: VersionKey): LocatedVersion {
  return { registry, key, find: () => registry.version(key) }
}
