import assert from 'node:assert/strict'
import { type Adapter, RegistryError } from '../../contract/index.ts'
import type { Check, CheckContext, CountedCall, Need } from '../check.ts'
import { NotApplicable, need } from '../check.ts'
import { quote } from '../expectations/expectations.ts'
import {
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from '../expectations/read-pages.ts'
import { type FieldPath, fieldsOf, replaceMarkedRow, withField } from '../faults/marked-row.ts'
import { modelNames, type Truth, versionKeys } from '../fixture/truth.ts'

/** Of no field's kind: a text, a number, a time, a list. */
const junk: readonly unknown[] = [{ odd: 'value' }, 1e300]

/** What was read of each row, by a text that is another for every other row. */
interface RowsRead {
  readonly rows: ReadonlyMap<string, unknown>
  /** The answer says that a row is missing. */
  readonly isFlawed: boolean
}

interface Subject {
  /** Stands in the backend's row of the victim and in no other. */
  readonly mark: string
  readonly victim: string
  read(adapter: Adapter, call: CountedCall): Promise<RowsRead>
}

/** Every field of the victim's row becomes junk, one after the other, and the other rows are read as before. */
async function assertOthersStand(context: CheckContext, { mark, victim, read }: Subject): Promise<void> {
  const fields = new Map<string, FieldPath>()
  const note = (row: unknown) => {
    for (const path of fieldsOf(row)) fields.set(path.join('.'), path)
    return row
  }
  let change: (row: unknown) => unknown = note
  const connect = await context.spoilBackend((answer) => replaceMarkedRow(answer, mark, change))
  const before = await read(await connect(), context.call())
  if (fields.size === 0) throw new NotApplicable(`no answer of the backend holds a row with ${quote(mark)}`)
  for (const [name, path] of fields) {
    for (const value of junk) {
      change = (row) => withField(row, path, value)
      // A new one, as what is read at the first contact is read no more.
      const adapter = await connect()
      const what = `with ${quote(value)} as ${name} of the row ${quote(victim)}`
      const after = await read(adapter, context.call()).catch((error: unknown) =>
        assert.fail(`${what}: all rows are lost: ${error instanceof Error ? error.message : String(error)}`),
      )
      const others = ({ rows }: RowsRead) => new Map([...rows].filter(([key]) => key !== victim))
      assert.deepEqual(others(after), others(before), `${what}: the other rows`)
      assert.ok(after.rows.has(victim) || after.isFlawed, `${what}: it is left out, and no page has a flaw`)
    }
  }
}

function isFlawed(pages: readonly { readonly flaw?: RegistryError | null }[]): boolean {
  return pages.some(({ flaw }) => RegistryError.is(flaw))
}

function modelVictim({ models }: Truth): string {
  return need(models.findLast(({ aliases }) => aliases.length > 0) ?? models.at(-1), 'model').name
}

function listedModels({ truth }: CheckContext): Subject {
  const victim = modelVictim(truth)
  return {
    mark: victim,
    victim,
    async read(adapter, call) {
      const { rows, pages } = await readModels(adapter, modelQuery(truth.prefix), call)
      const own = ownModels(truth.prefix, rows)
      return { rows: new Map(own.map((row) => [row.name, row])), isFlawed: isFlawed(pages) }
    },
  }
}

function versionVictim({ versions }: Truth) {
  const records = versions.map(({ record }) => record)
  const isAlone = (source: string) => records.filter((record) => record.source === source).length === 1
  const victim = records.findLast(({ source }) => source !== null && isAlone(source))
  return need(victim, 'version with a source of its own')
}

function listedVersions({ truth }: CheckContext): Subject {
  const victim = versionVictim(truth)
  return {
    mark: victim.source ?? '',
    victim: versionName(victim),
    async read(adapter, call) {
      const { rows, pages } = await readVersions(adapter, versionQuery(truth.prefix), call)
      const own = ownVersions(truth.prefix, rows)
      return { rows: new Map(own.map((row) => [versionName(row), row])), isFlawed: isFlawed(pages) }
    },
  }
}

/** What is looked up by its key has an outcome, which may be an error. */
function lookedUp(
  keys: readonly string[],
  outcomes: readonly unknown[] | undefined,
): Pick<RowsRead, 'rows' | 'isFlawed'> {
  return { rows: new Map(keys.map((key, index) => [key, outcomes?.[index]])), isFlawed: false }
}

function modelsByName({ truth }: CheckContext): Subject {
  const victim = modelVictim(truth)
  const names = [...new Set([victim, ...modelNames(truth).slice(0, 5)])]
  return {
    mark: victim,
    victim,
    read: async (adapter, call) => lookedUp(names, await adapter.models.get(names, call)),
  }
}

function versionsByKey({ truth }: CheckContext): Subject {
  const victim = versionVictim(truth)
  const own = { model: victim.modelName, version: victim.version }
  const keys = [own, ...versionKeys(truth).slice(0, 5)]
  const names = keys.map(({ model, version }) => versionName({ modelName: model, version }))
  return {
    mark: victim.source ?? '',
    victim: versionName(victim),
    read: async (adapter, call) => lookedUp(names, await adapter.versions.get(keys, call)),
  }
}

function runsById({ truth }: CheckContext): Subject {
  const ids = [...truth.runs.keys()]
  const victim = need(ids.at(-1), 'run')
  return {
    mark: victim,
    victim,
    read: async (adapter, call) => lookedUp(ids, await adapter.runs?.get(ids, call)),
  }
}

const subjects: readonly (readonly [string, string, readonly Need[], (context: CheckContext) => Subject])[] =
  [
    ['001', 'A model that cannot be read leaves the rest of its list, which has a flaw', [], listedModels],
    [
      '002',
      'A version that cannot be read leaves the rest of its list, which has a flaw',
      [],
      listedVersions,
    ],
    ['003', 'A model that cannot be read leaves the others of its batch', [], modelsByName],
    ['004', 'A version that cannot be read leaves the others of its batch', [], versionsByKey],
    ['005', 'A run that cannot be read leaves the others of its batch', ['runs'], runsById],
  ]

export const spoiltRowChecks: readonly Check[] = subjects.map(([number, title, needs, subjectOf]) => ({
  id: `MG-ROW-${number}`,
  level: 'SHOULD',
  title,
  needs: [...needs, 'backend to spoil'],
  source: 'modelgate/adapter: ListPage.flaw',
  why: 'One row that a program wrote badly would empty every list and page it stands in.',
  run: async (context) => assertOthersStand(context, subjectOf(context)),
}))
