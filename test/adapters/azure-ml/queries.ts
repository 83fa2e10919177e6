import type { ModelQuery, TagRecord, VersionFilter, VersionQuery } from '../../../src/contract/index.ts'
import { storage } from './open-registry.ts'

const plain = { filter: null, includeArchived: false, limit: 100, after: null, continuation: null } as const

export function modelQuery(more: Partial<ModelQuery> = {}): ModelQuery {
  return { ...plain, order: [{ field: 'name', direction: 'asc' }], ...more }
}

export function versionQuery(more: Partial<VersionQuery> = {}): VersionQuery {
  return {
    ...plain,
    order: [
      { field: 'model', direction: 'asc' },
      { field: 'version', direction: 'asc' },
    ],
    ...more,
  }
}

export function equal(field: 'model' | 'alias', value: string): VersionFilter {
  return { kind: 'text', field, tests: [{ operator: 'eq', value, ignoreCase: false }] }
}

export function newModel(name: string, tags: readonly TagRecord[] = []) {
  return { name, description: null, tags, idempotencyKey: null }
}

export function newVersion(model: string, more: object = {}) {
  return {
    model,
    source: `${storage}/models/1`,
    runId: null,
    description: null,
    tags: [] as TagRecord[],
    idempotencyKey: null,
    ...more,
  }
}
