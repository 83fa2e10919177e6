import type { Filter, ModelLeaf, ModelOrder, VersionLeaf, VersionOrder } from '../../src/contract/index.ts'
import { modelNameOf } from './fill.ts'

const tag = (key: string, value: string) =>
  ({ kind: 'tag', key, tests: [{ operator: 'eq', value, ignoreCase: false }] }) as const
const text = <F extends string>(field: F, operator: 'contains' | 'eq', value: string, ignoreCase = false) =>
  ({ kind: 'text', field, tests: [{ operator, value, ignoreCase }] }) as const
const both = <L>(...filters: Filter<L>[]) => ({ kind: 'and', filters }) as Filter<L>

/** In its middle, and in no name but its own. */
const rare = (modelNameOf(7).split('-')[1] ?? '').slice(0, 6)

type Question<Leaf, Order> = readonly [
  name: string,
  order: readonly Order[],
  filter: Filter<Leaf> | null,
  atMost: number,
]

const byModel: readonly VersionOrder[] = [
  { field: 'model', direction: 'asc' },
  { field: 'version', direction: 'asc' },
]
const newest: readonly VersionOrder[] = [{ field: 'createdAt', direction: 'desc' }]
const updated: readonly VersionOrder[] = [{ field: 'updatedAt', direction: 'desc' }]

/** With how often as long a page may take at 1,000,000 versions as at 10,000. */
export const versionQuestions: readonly Question<VersionLeaf, VersionOrder>[] = [
  ['versions by model', byModel, null, 1.5],
  ['versions, newest first', newest, null, 3],
  ['versions, last written first', updated, null, 3],
  ['versions with a wide tag', byModel, tag('team', 'team 3'), 3],
  ['versions with a narrow tag', byModel, tag('cohort', 'cohort 7'), 3],
  ['versions with a wide tag, newest first', newest, tag('team', 'team 3'), 3],
  ['versions with a narrow tag, newest first', newest, tag('cohort', 'cohort 7'), 3],
  ['versions with a narrow tag, last written first', updated, tag('cohort', 'cohort 7'), 3],
  ['versions with a tag of one', byModel, tag('commit', '000000000000000003e8'.slice(-20)), 3],
  [
    'versions with two tags',
    byModel,
    both<VersionLeaf>(tag('team', 'team 3'), tag('cohort', 'cohort 11')),
    3,
  ],
  ['versions of names with a common text', byModel, text('model', 'contains', 'fraud'), 3],
  ['versions of names with a rare text', byModel, text('model', 'contains', rare), 3],
  ['the same, newest first', newest, text('model', 'contains', rare), 3],
  ['versions of names with a common text, newest first', newest, text('model', 'contains', 'fraud'), 3],
  ['versions of one run', byModel, text('runId', 'eq', (77).toString(16).padStart(32, '0')), 3],
]

export const modelQuestions: readonly Question<ModelLeaf, ModelOrder>[] = [
  ['models by name', [{ field: 'name', direction: 'asc' }], null, 1.5],
  ['models, newest first', [{ field: 'createdAt', direction: 'desc' }], null, 3],
  ['models with a wide tag', [{ field: 'name', direction: 'asc' }], tag('team', 'team 3'), 3],
  [
    'models with a narrow tag, newest first',
    [{ field: 'createdAt', direction: 'desc' }],
    tag('cohort', 'cohort 7'),
    3,
  ],
  [
    'models with a common text in the name',
    [{ field: 'name', direction: 'asc' }],
    text('name', 'contains', 'FRAUD', true),
    3,
  ],
  [
    'models with a rare text in the name',
    [{ field: 'name', direction: 'asc' }],
    text('name', 'contains', rare),
    3,
  ],
  [
    'models with a text in no name',
    [{ field: 'name', direction: 'asc' }],
    text('name', 'contains', 'nobody has it'),
    3,
  ],
]
