import { createLocalStore } from '../../../src/adapters/local/store/local-store.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import type { StubStore } from '../../environment/mlflow-stub/stub-store.ts'

/** Writes to a registry as others do who do not come through the gateway. What is not there rejects. */
export interface Outside {
  createModel(name: string): Promise<void>
  deleteModel(name: string): Promise<void>
  createVersion(model: string): Promise<void>
  deleteVersion(model: string, version: string): Promise<void>
  setAlias(model: string, alias: string, version: string): Promise<void>
  setTag(model: string, version: string | null, key: string, value: string): Promise<void>
}

export function outsideLocal(database: GatewayDatabase, registry: string): Outside {
  const { models, versions, aliases } = createLocalStore(database, registry)
  return {
    createModel: async (name) => void (await models.create({ name })),
    deleteModel: async (name) => void (await models.delete(name)),
    createVersion: async (model) => void (await versions.create({ model, source: 's3://b/x' })),
    deleteVersion: async (model, version) => void (await versions.delete({ model, version })),
    setAlias: async (model, alias, version) => void (await aliases.set({ model, alias }, version)),
    setTag: async (model, version, key, value) =>
      version === null
        ? void (await models.setTags(model, [{ key, value }]))
        : void (await versions.setTags({ model, version }, [{ key, value }])),
  }
}

export function outsideStub(store: StubStore): Outside {
  const modelOf = (name: string) => {
    const model = store.models.get(name)
    if (!model) throw new Error(`no model ${name}`)
    return model
  }
  const versionOf = (model: string, version: string) => {
    const found = modelOf(model).versions.get(Number(version))
    if (!found) throw new Error(`no version ${version} of ${model}`)
    return found
  }
  return {
    async createModel(name) {
      if (store.models.has(name)) throw new Error(`there is a model ${name}`)
      store.addModel(name)
    },
    deleteModel: async (name) => store.deleteModel(name),
    createVersion: async (model) => void store.addVersion(model),
    async deleteVersion(model, version) {
      versionOf(model, version)
      store.deleteVersion(model, Number(version))
    },
    async setAlias(model, alias, version) {
      versionOf(model, version)
      store.setAlias(model, alias, Number(version))
    },
    async setTag(model, version, key, value) {
      const { tags } = version === null ? modelOf(model) : versionOf(model, version)
      tags.set(key, value)
    },
  }
}

export function outsideMlflow(url: string): Outside {
  const send = async (method: string, path: string, body: object) => {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  return {
    createModel: (name) => send('POST', 'registered-models/create', { name }),
    deleteModel: (name) => send('DELETE', 'registered-models/delete', { name }),
    createVersion: (name) => send('POST', 'model-versions/create', { name, source: 's3://b/x' }),
    deleteVersion: (name, version) => send('DELETE', 'model-versions/delete', { name, version }),
    setAlias: (name, alias, version) => send('POST', 'registered-models/alias', { name, alias, version }),
    setTag: (name, version, key, value) =>
      version === null
        ? send('POST', 'registered-models/set-tag', { name, key, value })
        : send('POST', 'model-versions/set-tag', { name, version, key, value }),
  }
}
