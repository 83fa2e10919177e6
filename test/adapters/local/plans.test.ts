import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  Filter,
  ModelLeaf,
  ModelOrder,
  Position,
  TextTest,
  VersionLeaf,
  VersionOrder,
} from '../../../src/contract/index.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { memory, openFrom } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { type CapturedStatements, captureStatements } from './captured-statements.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

const byModel: VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]
const newest = [{ field: 'createdAt', direction: 'desc' }] as const
const lastWritten = [{ field: 'updatedAt', direction: 'desc' }] as const
const byName: ModelOrder[] = [{ field: 'name', direction: 'asc' }]

const tag = { kind: 'tag', key: 'team', tests: [is('eq', 'fraud')] } as const
const named = <F extends 'name' | 'model'>(
  field: F,
  operator: TextTest['operator'] & ('contains' | 'endsWith'),
) => ({ kind: 'text', field, tests: [is(operator, 'FRAUD', true)] }) as const
const ofRun = { kind: 'text', field: 'runId', tests: [is('eq', 'run')] } as const
const ofModel = { kind: 'text', field: 'model', tests: [is('eq', 'fraud-1')] } as const

function is<Operator extends 'eq' | 'contains' | 'endsWith'>(
  operator: Operator,
  value: string,
  ignoreCase = false,
) {
  return { operator, value, ignoreCase }
}

/** SQLite plans without looking at the rows, so that the plans are those of a registry of any size. */
describe('pages of a local registry on SQLite', () => {
  let database: GatewayDatabase
  let registry: OpenRegistry
  let captured: CapturedStatements
  beforeAll(async () => {
    database = await openFrom(memory)
    captured = captureStatements(database)
    registry = await openRegistry(captured.database)
    for (let n = 0; n < 3; n++) {
      await registry.store.models.create({ name: `fraud-${n}`, tags: [{ key: 'team', value: 'fraud' }] })
      const model = `fraud-${n}`
      await registry.store.versions.create({ model, runId: 'run', tags: [{ key: 'team', value: 'fraud' }] })
    }
    await captured.plans()
  })
  afterAll(() => database.close())

  const page = { includeArchived: true, limit: 50, continuation: null }

  async function expectPlan(index: string, sorts: 'not' | 'few' | 'those'): Promise<void> {
    const plans = await captured.plans()
    const steps = plans.flat()
    expect(
      steps.filter((step) => /^SCAN (?!picked|stretch|found|CONSTANT|json_each|\d+ CONSTANT)/.test(step)),
    ).toEqual([])
    const plan = plans.at(-1) ?? []
    expect(plan.filter((step) => step.includes(index))).not.toEqual([])
    if (sorts === 'not') expect(plan.filter((step) => step.startsWith('USE TEMP B-TREE'))).toEqual([])
    // Those of the page and of each of its stretches.
    if (sorts === 'few') expect(plan.some((step) => step.includes('LAST TERM'))).toBe(false)
  }

  test.each<[string, ModelOrder[], Filter<ModelLeaf> | null, string]>([
    ['by name', byName, null, 'sqlite_autoindex_local_model_2 (registry=?)'],
    ['newest first', [...newest], null, 'local_model_by_creation (registry=?)'],
    ['last written first', [...lastWritten], null, 'local_model_by_update (registry=?)'],
    ['with a tag, by name', byName, tag, 'local_model_tag_by_name (registry=? AND key=? AND <expr>=?)'],
    [
      'with a tag, newest first',
      [...newest],
      tag,
      'local_model_tag_by_creation (registry=? AND key=? AND <expr>=?)',
    ],
    ['of a name with a text', byName, named('name', 'contains'), 'PRIMARY KEY (registry=? AND part=?)'],
    ['of a name with an end', byName, named('name', 'endsWith'), 'PRIMARY KEY (registry=? AND part=?)'],
  ])('models %s', async (_, order, filter, index) => {
    await registry.adapter.models.list({ ...page, after: null, order, filter }, newCall())
    await expectPlan(index, 'not')
  })

  test.each<[string, VersionOrder[], Filter<VersionLeaf> | null, string, 'not' | 'those']>([
    ['by model', byModel, null, 'local_version_by_name (registry=?)', 'not'],
    ['newest first', [...newest], null, 'local_version_by_creation (registry=?)', 'not'],
    ['last written first', [...lastWritten], null, 'local_version_by_update (registry=?)', 'not'],
    ['of a model', byModel, ofModel, 'local_version_by_name (registry=? AND model_name=?)', 'not'],
    ['of a run', byModel, ofRun, 'local_version_by_run (registry=? AND run_id=?)', 'those'],
    [
      'with a tag, by model',
      byModel,
      tag,
      'local_version_tag_by_name (registry=? AND key=? AND <expr>=?)',
      'not',
    ],
    [
      'with a tag, newest first',
      [...newest],
      tag,
      'local_version_tag_by_creation (registry=? AND key=? AND <expr>=?)',
      'not',
    ],
    ['with a tag, last written first', [...lastWritten], tag, 'local_version_tag_by_', 'those'],
    [
      'of names with a text',
      byModel,
      named('model', 'contains'),
      'PRIMARY KEY (registry=? AND part=?)',
      'not',
    ],
    [
      'of names with a text, newest first',
      [...newest],
      named('model', 'contains'),
      'PRIMARY KEY (registry=? AND part=?)',
      'those',
    ],
  ])('versions %s', async (_, order, filter, index, sorts) => {
    await registry.adapter.versions.list({ ...page, after: null, order, filter }, newCall())
    await expectPlan(index, sorts)
  })

  const place = (values: Position['values']): Position => ({
    values,
    name: 'fraud-1',
    version: '1',
    hint: null,
  })

  test.each<[string, VersionOrder[], Filter<VersionLeaf> | null, Position, string]>([
    [
      'by model',
      byModel,
      null,
      place(['fraud-1', '1']),
      'local_version_by_name (registry=? AND model_name=? AND number>?)',
    ],
    [
      'by model',
      byModel,
      null,
      place(['fraud-1', '1']),
      'local_version_by_name (registry=? AND model_name>?)',
    ],
    [
      'newest first',
      [...newest],
      null,
      place([5]),
      'local_version_by_creation (registry=? AND created_at<?)',
    ],
    [
      'newest first',
      [...newest],
      null,
      place([5]),
      'local_version_by_creation (registry=? AND created_at=? AND model_name=? AND number>?)',
    ],
    [
      'with a tag',
      byModel,
      tag,
      place(['fraud-1', '1']),
      'local_version_tag_by_name (registry=? AND key=? AND <expr>=? AND model_name>?)',
    ],
    [
      'with a tag',
      [...newest],
      tag,
      place([5]),
      'local_version_tag_by_creation (registry=? AND key=? AND <expr>=? AND created_at<?)',
    ],
  ])('versions %s, after a place, are entered there', async (_, order, filter, after, index) => {
    await registry.adapter.versions.list({ ...page, after, order, filter }, newCall())
    await expectPlan(index, 'few')
  })
})
