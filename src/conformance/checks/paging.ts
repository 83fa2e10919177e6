import assert from 'node:assert/strict'
import type { ListPage, ModelLeaf } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { quote, refusedOrAnswered, sameTexts } from '../expectations/expectations.ts'
import { listedModels, listedVersions } from '../expectations/listed-names.ts'
import {
  modelQuery,
  ownModels,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from '../expectations/read-pages.ts'
import { modelsOf, not, oneOf, or, tag, test, text, versionsOf } from '../filters/filter-builders.ts'
import { modelNames } from '../fixture/truth.ts'

const source = 'modelgate/adapter: ListPage'

/** Sizes around the number of rows are where off-by-one errors live. */
function sizes({ effort }: CheckContext, rows: number): number[] {
  return effort === 'full' ? [2, 3, 7, rows - 1, rows, rows + 1, 500] : [7, rows, 500]
}

/** The versions of all models but the largest, so that a page size of one stays affordable. */
function fewVersions({ truth }: CheckContext) {
  const { prefix } = truth
  return versionsOf(
    prefix,
    text('model', oneOf(['aliased', 'staged', 'copied'].map((name) => prefix + name))),
  )
}

const foreignTexts = ['', 'x', '-1', '{}', 'null', '9'.repeat(30), '\u0000', '\u{1f600}', 'e30=']

export const pagingChecks: readonly Check[] = [
  {
    id: 'MG-PAGE-001',
    level: 'MUST',
    title: 'Pages of models of every size hold each model once',
    needs: [],
    source,
    why: 'A row lost or repeated at the edge of a page is lost or repeated for every client.',
    async run(context) {
      const names = modelNames(context.truth)
      for (const limit of sizes(context, names.length)) {
        sameTexts(await listedModels(context, { limit }), names, `the models by pages of ${limit}`)
      }
    },
  },
  {
    id: 'MG-PAGE-002',
    level: 'MUST',
    title: 'Pages of versions of every size hold each version once',
    needs: [],
    source,
    why: 'A row lost or repeated at the edge of a page is lost or repeated for every client.',
    async run(context) {
      const names = context.truth.versions.map(({ record }) => versionName(record))
      for (const limit of sizes(context, names.length)) {
        sameTexts(await listedVersions(context, { limit }), names, `the versions by pages of ${limit}`)
      }
    },
  },
  {
    id: 'MG-PAGE-003',
    level: 'MUST',
    title: 'Pages of one row hold each row once',
    needs: [],
    source,
    why: 'first: 1 is a legal page, and the hardest one.',
    async run(context) {
      const { truth } = context
      const few = ['aliased', 'staged', 'copied'].map((name) => truth.prefix + name)
      const filter = modelsOf(truth.prefix, text('name', oneOf(few)))
      const models = await listedModels(context, { filter, limit: 1 })
      sameTexts(
        models.filter((name) => few.includes(name)),
        modelNames(truth).filter((name) => few.includes(name)),
        'models one by one',
      )
      const own = truth.versions
        .filter(({ record }) => few.includes(record.modelName))
        .map(({ record }) => versionName(record))
      const versions = await listedVersions(context, { filter: fewVersions(context), limit: 1 })
      sameTexts(
        versions.filter((name) => own.includes(name)),
        own,
        'versions one by one',
      )
    },
  },
  {
    id: 'MG-PAGE-005',
    level: 'MUST',
    title: 'Every page of a query says the same of residue and order',
    needs: [],
    source,
    why: 'The gateway plans a read by its first page.',
    async run({ adapter, truth, call }) {
      const filters = [
        modelsOf(truth.prefix),
        modelsOf(
          truth.prefix,
          or<ModelLeaf>(
            text('name', test('contains', 'a')),
            not<ModelLeaf>(tag('value', test('eq', 'plain'))),
          ),
        ),
        modelsOf(truth.prefix, text('description', test('startsWith', 'About', true))),
      ]
      for (const filter of filters) {
        const { pages } = await readModels(adapter, modelQuery(truth.prefix, { filter, limit: 9 }), call())
        assertSamePlan(pages)
      }
      const versions = [
        versionsOf(truth.prefix, tag('half', test('eq', 'odd'))),
        versionsOf(truth.prefix, text('model', test('contains', 'MANY', true))),
      ]
      for (const filter of versions) {
        const { pages } = await readVersions(
          adapter,
          versionQuery(truth.prefix, { filter, limit: 40 }),
          call(),
        )
        assertSamePlan(pages)
      }
    },
  },
  {
    id: 'MG-PAGE-006',
    level: 'MUST',
    title: 'A continuation that is not one is refused, or answered with true rows',
    needs: [],
    source,
    why: 'Continuations travel through cursors; a broken one must not become somebody else’s error or a wrong page.',
    async run({ adapter, truth, call }) {
      const names = new Set(modelNames(truth))
      for (const continuation of foreignTexts) {
        const page = await refusedOrAnswered(
          adapter.models.list(modelQuery(truth.prefix, { continuation }), call()),
        )
        for (const { name } of ownModels(truth.prefix, page?.items ?? [])) {
          assert.ok(names.has(name), `the continuation ${quote(continuation)} gives a model ${quote(name)}`)
        }
        await refusedOrAnswered(adapter.versions.list(versionQuery(truth.prefix, { continuation }), call()))
      }
    },
  },
]

function assertSamePlan(pages: readonly ListPage<unknown, unknown>[]): void {
  for (const page of pages) {
    assert.deepEqual(page.residue, pages[0]?.residue, 'the residue')
    assert.equal(page.ordered, pages[0]?.ordered, 'ordered')
  }
}
