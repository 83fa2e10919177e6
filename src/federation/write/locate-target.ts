import type { ModelReference, VersionReference } from '../records/references.ts'
import { locateVersion } from '../resolve/version-reference.ts'
import type { Session } from '../session/session.ts'
import { locateModel } from './locate-model.ts'
import { notFound } from './writable.ts'
import type { Located } from './write-kind.ts'

/** @throws InputError naming `model` for an unknown registry, or the id of something else. */
export function locateModelToWrite(session: Session, { model }: { readonly model: ModelReference }): Located {
  const { registry, name } = locateModel(session, model)
  return { registry, find: () => ({ registry: registry.name, model: name }) }
}

/** @throws InputError naming `version` for an unknown registry, a malformed URI, or the id of something else. */
export function locateVersionToWrite(
  session: Session,
  { version }: { readonly version: VersionReference },
): Located {
  const { registry, key, find } = locateVersion(session, version, 'version')
  return {
    registry,
    async find() {
      if (key) return { registry: registry.name, ...key }
      const found = await find()
      if (!found) throw notFound(registry, 'The version that this names')
      return { registry: registry.name, model: found.modelName, version: found.version }
    },
  }
}
