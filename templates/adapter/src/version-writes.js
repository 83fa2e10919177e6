import { theModel, theVersion } from './backend.js'
import { createDescribingWrites, toDescribed } from './describing-writes.js'

/** @import { VersionWrites } from 'modelgate/adapter' */
/** @import { Backend, Version } from './backend.js' */
/** @import { Client } from './client.js' */

/** @type {(client: Client) => VersionWrites} */
export const createVersionWrites = (client) => ({
  ...createDescribingWrites(client, theVersion),
  create: ({ model: name, source, runId, description, tags }, call) =>
    client.ask(call, (backend) => {
      const model = theModel(backend, name)
      const original = originalOf(backend, source)
      const version = String(++model.numbered)
      model.versions.set(version, {
        ...toDescribed(description, tags),
        source,
        place: original?.place ?? source,
        runId: runId ?? original?.runId ?? null,
      })
      return version
    }),
  delete: (key, call) =>
    client.ask(call, (backend) => {
      theVersion(backend, key)
      const { versions, aliases } = theModel(backend, key.model)
      versions.delete(key.version)
      for (const [alias, holder] of aliases) if (holder === key.version) aliases.delete(alias)
    }),
})

/**
 * The copy rule: what is made from `models:/NAME/VERSION` has the files of that version.
 *
 * @type {(backend: Backend, source: string) => Version | null}
 */
function originalOf(backend, source) {
  const [, model, version] = /^models:\/(.+)\/([0-9]+)$/s.exec(source) ?? []
  return model === undefined || version === undefined ? null : theVersion(backend, { model, version })
}
