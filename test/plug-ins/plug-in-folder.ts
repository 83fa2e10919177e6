import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Every other file here begins with it: a plug-in that works, and what may be changed about it. */
const sound = `
const time = new Date('2026-01-02T03:04:05Z')
export const model = (name) => ({
  name, description: null, tags: [], aliases: [], createdAt: time, updatedAt: time, archived: false, latestVersions: null,
})
export const version = (modelName) => ({
  modelName, version: '1', description: null, tags: [], aliases: [], stage: null, archived: false, status: 'READY',
  statusMessage: null, source: 's3://bucket/1', artifactUri: 's3://bucket/1', runId: null, digest: null, sizeBytes: null,
  createdAt: time, updatedAt: time, createdBy: null,
})
export const page = (items, more) => ({ items, hints: null, continuation: null, residue: null, ordered: true, ...more })
export const description = {
  serverVersion: '1.0', integerVersions: true, stages: [], pushedDownFilters: [], pushedDownOrders: [], notices: [],
  levels: { aliases: 'NONE', stages: 'NONE', runs: 'NONE', artifacts: 'NONE', compareAndSet: 'NONE', idempotency: 'NONE' },
  naming: { modelName: null, alias: null, tagKey: null, tagValue: null, tagValueMaxLength: null, description: null },
}
const names = ['a', 'b', 'c']
export const adapter = {
  describe: async () => description,
  health: async () => {},
  models: {
    get: async (asked) => asked.map((name) => (names.includes(name) ? model(name) : null)),
    list: async () => page(names.map(model)),
  },
  versions: {
    get: async (keys) => keys.map((key) => version(key.model)),
    list: async () => page(names.map(version)),
    ofModels: async (asked) => asked.map((name) => ({ versions: [version(name)], complete: true })),
    latest: async (asked) => asked.map((name) => [version(name)]),
  },
  close: async () => {},
}
const nothing = async () => {}
export const writes = {
  models: { create: nothing, describe: nothing, setTags: nothing, deleteTags: nothing },
  versions: { create: async () => '2', describe: nothing, setTags: nothing, deleteTags: nothing },
}
export const define = (connect, more) => ({
  contractVersion: 1,
  name: 'acme',
  configSchema: { '~standard': { version: 1, vendor: 'acme', validate: (value) => ({ value }) } },
  connect,
  ...more,
})
/** By changes to the adapter, or to one of its facets. */
export const changed = (changes) => define(() => {
  const facets = Object.entries(changes).map(([name, facet]) =>
    [name, typeof facet === 'object' ? { ...adapter[name], ...facet } : facet])
  return { ...adapter, ...Object.fromEntries(facets) }
})
`

/** Writes a plug-in, whose text may use what stands above; gives the path of its file. */
export function writePlugIn(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-plug-in-'))
  writeFileSync(join(folder, 'sound.mjs'), sound)
  const file = join(folder, 'acme.mjs')
  writeFileSync(
    file,
    `import { adapter, changed, define, description, model, page, version, writes } from './sound.mjs'\n${text}\n`,
  )
  return file
}

/** The local registry "home", and the plug-in as the registry "acme". */
export function configWith(plugIn: string, settings: object = {}): object {
  return {
    environments: ['dev'],
    registries: [
      { name: 'acme', adapter: plugIn, environment: 'dev', timeoutMs: 500, ...settings },
      { name: 'home', adapter: 'local', environment: 'dev' },
    ],
  }
}
