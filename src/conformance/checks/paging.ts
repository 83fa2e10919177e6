import assert from 'node:assert/strict'
import type { ListPage, ModelLeaf, ModelQuery, VersionQuery } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { quote, refusedOrAnswered, sameTexts } from '../expectations.ts'
import { modelsOf, not, oneOf, or, tag, test, text, versionsOf } from '../filter-builders.ts'
import {
  modelQuery,
  ownModels,
  ownVersions,
  readModels,
  readVersions,
  versionName,
  versionQuery,
} from '../read-pages.ts'
import { modelNames } from './identity.ts'

const source = 'modelgate/adapter: ListPage'

async function listedModels(
  { adapter, truth, call }: CheckContext,
  more: Partial<ModelQuery>,
): Promise<string[]> {
  const { rows } = await readModels(adapter, modelQuery(truth.prefix, more), call())
  return ownModels(truth.prefix, rows).map(({ name }) => name)
}

async function listedVersions(
  { adapter, truth, call }: CheckContext,
  more: Partial<VersionQuery>,
): Promise<string[]> {
  const { rows } = await readVersions(adapter, versionQuery(truth.prefix, more), call())
  return ownVersions(truth.prefix, rows).map(versionName)
}

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
    id: 'MG-PAGE-004',
    level: 'MUST',
    title: 'A list without a filter holds everything',
    needs: [],
    source,
    why: 'It is the most frequent list of all.',
    async run(context) {
      sameTexts(await listedModels(context, { filter: null }), modelNames(context.truth), 'models')
      const all = context.truth.versions.map(({ record }) => versionName(record))
      sameTexts(await listedVersions(context, { filter: null }), all, 'versions')
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
  {
    id: 'MG-PAGE-007',
    level: 'MUST',
    title: 'includeArchived gives archived models and versions too',
    needs: [],
    source: 'modelgate/adapter: ListQuery.includeArchived',
    why: 'Archived rows stay findable for whoever asks for them.',
    async run(context) {
      const archived = context.truth.models.filter((row) => row.archived).map(({ name }) => name)
      const models = await listedModels(context, {})
      sameTexts(
        models.filter((name) => archived.includes(name)),
        archived,
        'archived models',
      )
      const old = context.truth.versions
        .filter(({ record }) => record.archived)
        .map(({ record }) => versionName(record))
      const versions = await listedVersions(context, {})
      sameTexts(
        versions.filter((name) => old.includes(name)),
        old,
        'archived versions',
      )
    },
  },
  {
    id: 'MG-PAGE-008',
    level: 'MUST',
    title: 'Without includeArchived no other row is left out',
    needs: [],
    source: 'modelgate/adapter: ListQuery.includeArchived',
    why: 'The gateway drops archived rows that come; it cannot bring back others that do not.',
    async run(context) {
      const current = context.truth.models.filter((row) => !row.archived).map(({ name }) => name)
      const models = await listedModels(context, { includeArchived: false })
      sameTexts(
        models.filter((name) => current.includes(name)),
        current,
        'models that are not archived',
      )
      const own = context.truth.versions
        .filter(({ record }) => !record.archived)
        .map(({ record }) => versionName(record))
      const versions = await listedVersions(context, { includeArchived: false })
      sameTexts(
        versions.filter((name) => own.includes(name)),
        own,
        'versions that are not archived',
      )
    },
  },
  {
    id: 'MG-PAGE-009',
    level: 'MUST',
    title: 'Twenty lists at once answer as one does',
    needs: [],
    source: 'modelgate/adapter: Adapter',
    why: 'Calls of many clients overlap; state kept between calls would mix their pages.',
    async run(context) {
      const names = modelNames(context.truth)
      const many = context.effort === 'full' ? 20 : 8
      const lists = Array.from({ length: many }, (_, index) =>
        listedModels(context, { limit: 11 + (index % 4) }),
      )
      for (const [index, list] of (await Promise.all(lists)).entries())
        sameTexts(list, names, `list ${index}`)
    },
  },
]

function assertSamePlan(pages: readonly ListPage<unknown, unknown>[]): void {
  for (const page of pages) {
    assert.deepEqual(page.residue, pages[0]?.residue, 'the residue')
    assert.equal(page.ordered, pages[0]?.ordered, 'ordered')
  }
}
