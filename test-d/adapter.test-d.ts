/**
 * What an author's editor says. Compiled with the rest by `npm run typecheck`: each line below an @ts-expect-error has to
 * be an error, and every other line none.
 */
import { z } from 'zod'
import {
  type Adapter,
  type AliasWrites,
  type Call,
  type ConfigSchema,
  defineAdapter,
  type ListPage,
  type ModelFilter,
  type ModelRecord,
  type ModelVersionRecord,
  type Outcome,
  type RegistryDescription,
  RegistryError,
  type RegistryWrites,
  type VersionOrder,
} from '../src/contract/index.ts'

declare const model: ModelRecord
declare const version: ModelVersionRecord
declare const description: RegistryDescription
declare const adapter: Adapter
declare const writes: RegistryWrites
declare const call: Call

// A level is one of three.
export const emulated: RegistryDescription = {
  ...description,
  levels: { ...description.levels, aliases: 'EMULATED' },
}
export const wrongLevel: RegistryDescription = {
  ...description,
  // @ts-expect-error
  levels: { ...description.levels, aliases: 'PARTIAL' },
}
export const missingLevel: RegistryDescription = {
  ...description,
  // @ts-expect-error
  levels: { aliases: 'NATIVE', stages: 'NONE', runs: 'NONE', artifacts: 'NONE', compareAndSet: 'NONE' },
}
export const emulatedKeys: RegistryDescription = {
  ...description,
  // @ts-expect-error
  levels: { ...description.levels, idempotency: 'EMULATED' },
}
export const unnamedRule: RegistryDescription = {
  ...description,
  // @ts-expect-error
  naming: { ...description.naming, modelName: { pattern: '^a$' } },
}
export const missingRule: RegistryDescription = {
  ...description,
  // @ts-expect-error
  naming: { modelName: null, alias: null, tagKey: null, tagValueMaxLength: null },
}

// Reads have to be there, everything else may be left out, and nothing is `undefined`.
const { models, versions, health, describe, close } = adapter
export const readOnly: Adapter = { describe, health, models, versions, close }
// @ts-expect-error
export const withoutVersions: Adapter = { describe, health, models, close }
// @ts-expect-error
export const withoutClose: Adapter = { describe, health, models, versions }
// @ts-expect-error
export const withoutLatest: Adapter = { ...readOnly, versions: { get: versions.get, list: versions.list } }
// @ts-expect-error
export const withUndefined: Adapter = { ...readOnly, aliases: undefined }
// @ts-expect-error
export const withStranger: Adapter = { describe, health, models, versions, close, metrics: {} }

// Half a facet is none.
export const withoutAliases: RegistryWrites = { models: writes.models, versions: writes.versions }
// @ts-expect-error
export const halfAliases: AliasWrites = { delete: async () => ({ previous: null }) }
// @ts-expect-error
export const halfWrites: RegistryWrites = { models: writes.models }

// A write that the backend cannot do may be left out, but for those that make things.
const { create } = writes.models
export const bareModels: RegistryWrites = {
  models: { create },
  versions: writes.versions,
}
// @ts-expect-error
export const withoutCreate: RegistryWrites = { ...bareModels, models: {} }

// An outcome is a value, null or a RegistryError.
export const outcomes: Outcome<ModelRecord>[] = [model, null, new RegistryError('FORBIDDEN', 'Not you.')]
// @ts-expect-error
export const notThere: Outcome<ModelRecord> = undefined
// @ts-expect-error
export const otherError: Outcome<ModelRecord> = new Error('no')
// @ts-expect-error
export const otherRecord: Outcome<ModelRecord> = version
// @ts-expect-error
new RegistryError('OUT_OF_COFFEE', 'No.')

export const wrongOutcomes: Adapter = {
  ...readOnly,
  // @ts-expect-error
  models: { ...models, get: async () => [undefined] },
}
export const notABatch: Adapter = {
  ...readOnly,
  // @ts-expect-error
  models: { ...models, get: async () => model },
}
export const noPromise: Adapter = {
  ...readOnly,
  // @ts-expect-error
  health: () => {},
}
export const numberedVersion: RegistryWrites = {
  ...writes,
  // @ts-expect-error
  versions: { ...writes.versions, create: async () => 3 },
}

// Records are whole.
// @ts-expect-error
export const withoutTimes: ModelRecord = { ...model, createdAt: undefined }
// @ts-expect-error
export const timeAsText: ModelRecord = { ...model, createdAt: '2026-01-02T03:04:05Z' }
// @ts-expect-error
export const numberAsVersion: ModelVersionRecord = { ...version, version: 3 }
// @ts-expect-error
export const ownStatus: ModelVersionRecord = { ...version, status: 'ACTIVE' }

// A page confesses what it did not do.
const page: ListPage<ModelRecord, ModelFilter> = {
  items: [model],
  hints: null,
  continuation: null,
  residue: null,
  ordered: false,
}
export const pages = [page]
// @ts-expect-error
export const withoutResidue: ListPage<ModelRecord, ModelFilter> = {
  items: [model],
  hints: null,
  continuation: null,
  ordered: true,
}
export const ofVersions: ListPage<ModelRecord, ModelFilter> = {
  ...page,
  // @ts-expect-error
  residue: { kind: 'status', in: ['READY'] },
}
// @ts-expect-error
export const unknownOrder: VersionOrder = { field: 'name', direction: 'asc' }

// The configuration that connect is given is what the schema gives.
const configSchema = z.strictObject({ url: z.url(), retries: z.number().default(3) })
export const sound = defineAdapter({
  contractVersion: 1,
  name: 'acme',
  configSchema,
  connect({ url, retries }) {
    const total: number = url.length + retries
    return { ...readOnly, describe: async () => ({ ...description, notices: [String(total)] }) }
  },
})
export const otherKey = defineAdapter({
  contractVersion: 1,
  name: 'acme',
  configSchema,
  // @ts-expect-error
  connect: ({ token }) => ({ ...readOnly, health: async () => void token }),
})
export const otherType = defineAdapter({
  contractVersion: 1,
  name: 'acme',
  configSchema: configSchema as ConfigSchema<{ url: string }>,
  // @ts-expect-error
  connect: (config: { url: number }) => ({ ...readOnly, health: async () => void config }),
})
export const otherContract = defineAdapter({
  // @ts-expect-error
  contractVersion: 2,
  name: 'acme',
  configSchema,
  connect: () => readOnly,
})
export const noAdapter = defineAdapter({
  contractVersion: 1,
  name: 'acme',
  configSchema,
  // @ts-expect-error
  connect: () => ({ models }),
})

// What the gateway gives is not to be changed.
// @ts-expect-error
call.deadline = 0
