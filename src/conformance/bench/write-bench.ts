import type {
  AliasMove,
  Expected,
  ModelRecord,
  ModelVersionRecord,
  NewModel,
  NewVersion,
  RegistryWrites,
  StageMove,
  StageTransition,
  VersionKey,
} from '../../contract/index.ts'
import { RegistryError } from '../../contract/index.ts'
import { type Check, type CheckContext, need } from '../check.ts'
import { found, quote } from '../expectations/expectations.ts'

/** What a check that writes works with: models of its own, made for it and deleted after it. */
export interface WriteBench extends CheckContext {
  readonly writes: RegistryWrites
  /** A source that the registry is known to take. */
  readonly source: string
  /** The name of a model that no other check has. */
  name(part?: string): string
  createModel(more?: Partial<NewModel>): Promise<string>
  createVersion(model: string, more?: Partial<NewVersion>): Promise<VersionKey>
  getModel(name: string): Promise<ModelRecord>
  getVersion(key: VersionKey): Promise<ModelVersionRecord>
  describeModel(name: string, description: string | null): Promise<void>
  describeVersion(key: VersionKey, description: string | null): Promise<void>
  setAlias(key: VersionKey, alias: string, expected?: Expected<string | null>): Promise<AliasMove>
  deleteAlias(model: string, alias: string, expected?: Expected<string>): Promise<AliasMove>
  transition(key: VersionKey, stage: string, more?: Partial<StageTransition>): Promise<StageMove>
}

interface WriteCheck extends Omit<Check, 'needs' | 'run'> {
  /** Besides writes. */
  readonly needs?: readonly Check['needs'][number][]
  run(bench: WriteBench): Promise<void>
}

export function writeCheck(check: WriteCheck): Check {
  return {
    ...check,
    needs: ['writes', ...(check.needs ?? [])],
    async run(context) {
      const names = new Set<string>()
      const bench = openBench(context, check.id, names)
      try {
        await check.run(bench)
      } finally {
        await removeModels(context, names)
      }
    },
  }
}

function openBench(context: CheckContext, id: string, names: Set<string>): WriteBench {
  const { adapter, truth, call } = context
  const writes = need(adapter.writes, 'writes')
  const source = findSource(context)
  const plain = { description: null, tags: [], idempotencyKey: null }
  const name = (part = '') => {
    const own = `${truth.prefix}w-${id}${part}`
    names.add(own)
    return own
  }
  return {
    ...context,
    ...createChanges(writes, call),
    writes,
    source,
    name,
    async createModel(more) {
      const model = { name: name(), ...plain, ...more }
      await writes.models.create(model, call())
      return model.name
    },
    async createVersion(model, more) {
      const version = { model, source, runId: null, ...plain, ...more }
      return { model, version: await writes.versions.create(version, call()) }
    },
    getModel: async (model) =>
      found((await adapter.models.get([model], call()))[0], `the model ${quote(model)}`),
    getVersion: async (key) =>
      found((await adapter.versions.get([key], call()))[0], `the version ${quote([key.model, key.version])}`),
  }
}

function createChanges({ models, versions, aliases, stages }: RegistryWrites, call: CheckContext['call']) {
  return {
    describeModel: async (name: string, description: string | null) =>
      need(models.describe, 'way to describe a model').call(models, name, description, call()),
    describeVersion: async (key: VersionKey, description: string | null) =>
      need(versions.describe, 'way to describe a version').call(versions, key, description, call()),
    setAlias: async ({ model, version }: VersionKey, alias: string, expected?: Expected<string | null>) =>
      need(aliases, 'alias writes').set({ model, alias }, version, expected, call()),
    deleteAlias: async (model: string, alias: string, expected?: Expected<string>) =>
      need(aliases, 'alias writes').delete({ model, alias }, expected, call()),
    transition: async (key: VersionKey, stage: string, more: Partial<StageTransition> = {}) => {
      const transition = { stage, archiveExisting: false, expected: undefined, ...more }
      return need(stages, 'stage writes').transition(key, transition, call())
    },
  }
}

/** Backends differ in the schemes they take; what one holds it has taken. */
function findSource({ truth }: CheckContext): string {
  const plain = truth.versions.find(({ record }) => /^(?!models:|runs:)./.test(record.source ?? ''))
  return plain?.record.source ?? 's3://bucket/conformance/1'
}

/** What cannot be deleted is left: deleting has checks of its own, and a check is not to fail for another's. */
async function removeModels({ adapter, call }: CheckContext, names: ReadonlySet<string>): Promise<void> {
  const models = adapter.writes?.models
  const outcomes = await Promise.allSettled([...names].map((name) => models?.delete?.(name, call())))
  for (const outcome of outcomes)
    if (outcome.status === 'rejected' && !RegistryError.is(outcome.reason)) throw outcome.reason
}
