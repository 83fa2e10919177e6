import type { Check } from '../check.ts'
import { sameTexts } from '../expectations/expectations.ts'
import { listedModels, listedVersions } from '../expectations/listed-names.ts'
import { versionName } from '../expectations/read-pages.ts'
import { modelNames } from '../fixture/truth.ts'

const source = 'modelgate/adapter: ListPage'

export const listChecks: readonly Check[] = [
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
