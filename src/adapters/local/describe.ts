import type { Call, RegistryDescription } from '../../contract/index.ts'
import { namingRules } from './naming.ts'
import { type LocalRegistry, runStatement } from './registry.ts'

const textOperators = ['eq', 'ne', 'in', 'contains', 'startsWith', 'endsWith']
const timeOperators = ['gt', 'gte', 'lt', 'lte']
const textFields = [
  'name',
  'description',
  'alias',
  'tag',
  'model',
  'version',
  'source',
  'stage',
  'runId',
  'param',
]

const pushedDownFilters: readonly string[] = [
  ...textFields.flatMap((field) => textOperators.map((operator) => `${field}.${operator}`)),
  ...['createdAt', 'updatedAt'].flatMap((field) => timeOperators.map((operator) => `${field}.${operator}`)),
  ...['eq', ...timeOperators].map((operator) => `metric.${operator}`),
  'status.in',
]

const pushedDownOrders: readonly string[] = ['name', 'model', 'version', 'createdAt', 'updatedAt', 'metric']

export async function describeRegistry(registry: LocalRegistry, call: Call): Promise<RegistryDescription> {
  const { queries, functions } = registry.database
  const version = queries.selectNoFrom(functions.productVersion.as('version'))
  const [row] = await runStatement(registry, call, version)
  return {
    serverVersion: row?.version ?? null,
    levels: {
      aliases: 'NATIVE',
      stages: 'NATIVE',
      runs: 'NATIVE',
      artifacts: registry.config.artifactFolder === null ? 'NONE' : 'NATIVE',
      compareAndSet: 'NATIVE',
      idempotency: 'NATIVE',
    },
    stages: registry.config.stages,
    integerVersions: true,
    naming: namingRules,
    pushedDownFilters,
    pushedDownOrders,
    notices: [],
  }
}
