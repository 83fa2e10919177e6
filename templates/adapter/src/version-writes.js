import { modelOf, versionOf } from './client.js'
import { createTagWrites } from './tag-writes.js'

/** @import { ModelVersionRecord, NewVersion, VersionWrites } from 'modelgate/adapter' */
/** @import { Backend, Client } from './client.js' */

/** @type {(client: Client) => VersionWrites} */
export const createVersionWrites = (client) => ({
  ...createTagWrites(client, versionOf),
  create: (wish, call) =>
    client.ask(call, (backend) => {
      const model = modelOf(backend, wish.model)
      const row = toRecord(wish, originalOf(backend, wish.source))
      const version = String(++model.created)
      model.versions.unshift({ ...row, version })
      return version
    }),
  delete: (key, call) =>
    client.ask(call, (backend) => {
      const gone = versionOf(backend, key)
      const model = modelOf(backend, key.model)
      model.versions.splice(model.versions.indexOf(gone), 1)
      const aliases = model.record.aliases.filter(({ version }) => version !== key.version)
      Object.assign(model.record, { aliases })
    }),
})

/** @type {(wish: NewVersion, original: ModelVersionRecord | null) => Omit<ModelVersionRecord, 'version'>} */
const toRecord = ({ model, source, runId, description, tags }, original) => ({
  modelName: model,
  description: description || null,
  tags: [...tags],
  aliases: null,
  stage: null,
  archived: false,
  status: 'READY',
  statusMessage: null,
  source,
  artifactUri: original ? original.artifactUri : source,
  runId: runId ?? original?.runId ?? null,
  digest: null,
  sizeBytes: null,
  createdAt: new Date(),
  updatedAt: new Date(),
  createdBy: null,
})

/**
 * The copy rule: what is made from `models:/NAME/VERSION` has the files of that version.
 *
 * @type {(backend: Backend, source: string) => ModelVersionRecord | null}
 */
function originalOf(backend, source) {
  const [, model, version] = /^models:\/(.+)\/([0-9]+)$/s.exec(source) ?? []
  return model === undefined || version === undefined ? null : versionOf(backend, { model, version })
}
