import assert from 'node:assert/strict'
import type { Outcome } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { need } from '../check.ts'
import { absent, found, quote } from '../expectations/expectations.ts'
import { modelNames, versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: Outcome'
const why = 'The gateway deals the outcomes out by place: one that is missing or moved goes to somebody else.'

/** Each key twice, in two orders, with keys between that are not there. */
function shuffled<Key>(keys: readonly Key[], missing: readonly Key[]): Key[] {
  const some = keys.slice(0, 12)
  return [...some, ...missing, ...some.toReversed(), ...missing]
}

/** Asks for the keys and compares each outcome with its key; `identify` gives the key of a value, as text. */
async function checkAlignment<Key, Value>(
  keys: readonly Key[],
  missing: readonly Key[],
  get: (keys: readonly Key[]) => Promise<readonly Outcome<Value>[]>,
  identify: (value: Value, key: Key) => unknown,
): Promise<void> {
  const outcomes = await get(keys)
  assert.equal(outcomes.length, keys.length, `${keys.length} keys need as many outcomes`)
  for (const [index, key] of keys.entries()) {
    if (missing.includes(key)) absent(outcomes[index], quote(key))
    else assert.deepEqual(identify(found(outcomes[index], quote(key)), key), key, `the outcome at ${index}`)
  }
}

const noModel = (prefix: string) => [`${prefix}no such model`, `${prefix}no-such ' " % _ \\ model`]
const noVersion = (prefix: string) => noModel(prefix).map((model) => ({ model, version: '1' }))

/** So many keys that a batch may have to be cut. */
function threeHundred<Key>(keys: readonly Key[], missing: readonly Key[]): Key[] {
  const round = [...keys.slice(0, 140), ...missing]
  return Array.from({ length: 300 }, (_, index) => round[index % round.length] as Key)
}

const modelAlignment =
  (many: boolean) =>
  async ({ adapter, truth, call }: CheckContext) => {
    const missing = noModel(truth.prefix)
    const keys = (many ? threeHundred : shuffled)(modelNames(truth), missing)
    await checkAlignment(
      keys,
      missing,
      (names) => adapter.models.get(names, call()),
      ({ name }) => name,
    )
  }

const versionAlignment =
  (many: boolean) =>
  async ({ adapter, truth, call }: CheckContext) => {
    const missing = noVersion(truth.prefix)
    const keys = (many ? threeHundred : shuffled)(versionKeys(truth), missing)
    await checkAlignment(
      keys,
      missing,
      (asked) => adapter.versions.get(asked, call()),
      (row) => ({
        model: row.modelName,
        version: row.version,
      }),
    )
  }

export const batchAlignmentChecks: readonly Check[] = [
  {
    id: 'MG-BATCH-001',
    level: 'MUST',
    title: 'models.get answers one outcome for each name, in order',
    needs: [],
    why,
    source,
    run: modelAlignment(false),
  },
  {
    id: 'MG-BATCH-002',
    level: 'MUST',
    title: 'versions.get answers one outcome for each key, in order',
    needs: [],
    why,
    source,
    run: versionAlignment(false),
  },
  {
    id: 'MG-BATCH-003',
    level: 'MUST',
    title: 'aliases.resolve answers one outcome for each key, in order',
    needs: ['aliases'],
    why,
    source,
    async run({ adapter, truth, call }) {
      const held = truth.versions.flatMap(({ record, aliases }) =>
        aliases.map((alias) => ({ key: { model: record.modelName, alias }, version: record.version })),
      )
      need(held[0], 'alias')
      const missing = [
        ...noModel(truth.prefix).map((model) => ({ model, alias: 'champion' })),
        { model: held[0]?.key.model ?? '', alias: 'nobody' },
      ]
      const keys = shuffled(
        held.map(({ key }) => key),
        missing,
      )
      await checkAlignment(
        keys,
        missing,
        (asked) => adapter.aliases?.resolve(asked, call()) ?? Promise.resolve([]),
        (row, key) => {
          const match = held.find(
            (one) =>
              one.key.model === row.modelName && one.key.alias === key.alias && one.version === row.version,
          )
          return match?.key
        },
      )
    },
  },
  {
    id: 'MG-BATCH-004',
    level: 'MUST',
    title: 'runs.get answers one outcome for each id, in order',
    needs: ['runs'],
    why,
    source,
    async run({ adapter, truth, call }) {
      need([...truth.runs.keys()][0], 'run')
      const missing = ['0'.repeat(32), 'no such run']
      const keys = shuffled([...truth.runs.keys()], missing)
      await checkAlignment(
        keys,
        missing,
        (asked) => adapter.runs?.get(asked, call()) ?? Promise.resolve([]),
        ({ runId }) => runId,
      )
    },
  },
  {
    id: 'MG-BATCH-005',
    level: 'MUST',
    title: 'versions.ofModels answers one outcome for each name, in order',
    needs: [],
    why,
    source,
    async run({ adapter, truth, call }) {
      const held = modelNames(truth).filter((name) =>
        truth.versions.some(({ record }) => record.modelName === name),
      )
      const keys = shuffled(held, [])
      await checkAlignment(
        keys,
        [],
        (names) => adapter.versions.ofModels(names, 500, call()),
        (value, key) => (value.versions.length === 0 && !value.complete ? key : value.versions[0]?.modelName),
      )
    },
  },
  {
    id: 'MG-BATCH-006',
    level: 'MUST',
    title: 'versions.latest answers one outcome for each name, in order',
    needs: [],
    why,
    source,
    async run({ adapter, truth, call }) {
      const held = modelNames(truth).filter((name) =>
        truth.versions.some(({ record }) => record.modelName === name),
      )
      const keys = shuffled(held, [])
      await checkAlignment(
        keys,
        [],
        (names) => adapter.versions.latest(names, call()),
        (rows) => rows[0]?.modelName,
      )
    },
  },
  {
    id: 'MG-BATCH-008',
    level: 'MUST',
    title: 'models.get takes 300 names',
    needs: [],
    why: 'A page of 500 rows asks for as many keys at once; backends have shorter limits.',
    source,
    run: modelAlignment(true),
  },
  {
    id: 'MG-BATCH-009',
    level: 'MUST',
    title: 'versions.get takes 300 keys',
    needs: [],
    why: 'A page of 500 rows asks for as many keys at once; backends have shorter limits.',
    source,
    run: versionAlignment(true),
  },
]
