import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { exactly } from '../../src/federation/permissions/model-pattern.ts'
import {
  type Grant,
  type PermissionLevel,
  permissionLevels,
} from '../../src/federation/records/permission.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import type { Who } from './open-permitted.ts'

/** The ways in which somebody comes to a permission. */
const kinds = ['direct', 'group', 'pattern', 'registry', 'default'] as const

type Kind = (typeof kinds)[number]

export interface Cell {
  readonly kind: Kind
  readonly level: PermissionLevel
  readonly who: Who
}

/** Everybody else's default says the opposite, so that nothing is right by chance. */
export const cells: readonly Cell[] = permissionLevels.flatMap((level) =>
  kinds.map((kind) => {
    const opposite = level === 'NO_PERMISSIONS' ? 'MANAGE' : 'NO_PERMISSIONS'
    const groups = kind === 'group' ? ['group:idle', `group:${level}`] : []
    return {
      kind,
      level,
      who: { principal: `user:${kind}-${level}`, groups, default: kind === 'default' ? level : opposite },
    }
  }),
)

/** What makes the cell true for a model whose name begins with `target`, and lets it read `other`. */
export function grantsOf({ kind, level, who }: Cell, model: string): readonly Grant[] {
  const { principal } = who
  const other: Grant = { registry: 'prod', model: 'other', principal, permission: 'READ' }
  switch (kind) {
    case 'direct':
      return [other, { registry: 'prod', model: exactly(model), principal, permission: level }]
    case 'group':
      return [
        other,
        { registry: 'prod', model: exactly(model), principal: `group:${level}`, permission: level },
      ]
    case 'pattern':
      return [other, { registry: '*', model: 'target*', principal, permission: level }]
    case 'registry':
      return [other, { registry: 'prod', model: '*', principal, permission: level }]
    case 'default':
      return [other]
  }
}

/** A model with something in each of its fields. */
export async function seedModel(database: GatewayDatabase, registry: string, name: string): Promise<void> {
  const store = createLocalStore(database, registry)
  const tags = [{ key: 'team', value: 'fraud' }]
  const runId = `run-of-${registry}-${name}`
  await store.models.create({ name, description: 'Secret.', tags })
  await store.runs.log({
    runId,
    metrics: [{ key: 'auc', value: 0.5 }],
    params: [{ key: 'depth', value: '3' }],
  })
  await store.versions.create({ model: name, description: 'First.', tags, source: 's3://bucket/m', runId })
  await store.stages.transition({ model: name, version: '1' }, { stage: 'Staging' })
  await store.aliases.set({ model: name, alias: 'champion' }, '1')
}

/** A digest of everything that is kept, once no write is on its way to being forgotten. */
export async function digestOfAll({ queries }: GatewayDatabase): Promise<string> {
  const rowsOf = (table: string) =>
    queries
      .selectFrom(table as never)
      .selectAll()
      .execute()
  while ((await rowsOf('write_intent')).length > 0) await wait(20)
  const tables = await queries.introspection.getTables()
  const digest = createHash('sha256')
  // What an index keeps of rows in tables is in pieces of its own.
  const kept = tables.filter(({ name }) => !/^search_(model|version)_index/.test(name))
  for (const { name } of kept) digest.update(JSON.stringify([name, await rowsOf(name)]))
  return digest.digest('hex')
}
