import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareCodePoints } from '../../src/contract/index.ts'
import { holds, type Row, type Where } from './brute-force.ts'
import type { FleetModel } from './odd-fleet.ts'
import type { OpenGateway } from './open-gateway.ts'
import { modelWhere, versionWhere } from './where-arbitraries.ts'

export interface FilteredBackend {
  readonly name: string
  /** Of names that all begin with the prefix. */
  readonly fleet: readonly FleetModel[]
  /** A gateway over one registry, `main`, that holds the fleet, and may hold other models. */
  readonly open: () => Promise<OpenGateway>
  readonly dispose: () => Promise<void>
  /** How many filters to try, of models and of versions each. */
  readonly numRuns: number
}

const modelFields = 'name description tags { key value } aliases { name } createdAt updatedAt'
const versionFields = `modelName version description tags { key value } aliases { name } stage status source runId
  createdAt updatedAt metrics { key value nonFinite } params { key value }`

/** What filters give, compared with what brute force gives. */
export function describeFilters(
  prefix: string,
  { name, fleet, open, dispose, numRuns }: FilteredBackend,
): void {
  describe(`filters on ${name} give what brute force gives`, () => {
    let gateway: OpenGateway
    let models: Row[]
    let versions: Row[]
    const names = fleet.map((model) => model.name)

    const listModels = async (where: Where): Promise<Row[]> =>
      (
        await gateway.data(
          `query ($where: ModelFilter) { models(first: 500, where: $where) { nodes { ${modelFields} } complete sources { error { message } } } }`,
          { where },
        )
      ).models.nodes
    const listVersions = async (where: Where): Promise<Row[]> => {
      const { modelVersions } = await gateway.data(
        `query ($where: ModelVersionFilter) { modelVersions(first: 500, includeArchived: true, where: $where) {
          nodes { ${versionFields} } complete sources { error { message } } } }`,
        { where },
      )
      expect(modelVersions.sources).toEqual([{ error: null }])
      return modelVersions.nodes
    }

    beforeAll(async () => {
      gateway = await open()
      models = await listModels({ name: { startsWith: prefix } })
      versions = await listVersions({ model: { startsWith: prefix } })
    }, 240_000)
    afterAll(async () => {
      await gateway?.close()
      await dispose()
    })

    it('over rows as they were written', () => {
      expect(models.map(shown)).toEqual(
        fleet.toSorted((a, b) => compareCodePoints(a.name, b.name)).map(written),
      )
      expect(versions).toHaveLength(fleet.flatMap((model) => model.versions ?? []).length)
    })

    // Other suites write to the same servers.
    const ourModels = (where: Where): Where => ({ and: [{ name: { startsWith: prefix } }, where] })
    const ourVersions = (where: Where): Where => ({ and: [{ model: { startsWith: prefix } }, where] })
    const key = ({ modelName, version }: Row) => `${modelName}/${version}`

    it('of models', async () => {
      const times = models.map((row) => String(row.createdAt))
      await fc.assert(
        fc.asyncProperty(modelWhere(names, times), async (where) => {
          const expected = models.filter((row) => holds(where, row)).map((row) => row.name)
          expect((await listModels(ourModels(where))).map((row) => row.name)).toEqual(expected)
        }),
        { numRuns },
      )
    }, 600_000)

    it('of versions', async () => {
      const times = versions.map((row) => String(row.createdAt))
      await fc.assert(
        fc.asyncProperty(versionWhere(names, times), async (where) => {
          const expected = versions.filter((row) => holds(where, row)).map(key)
          expect((await listVersions(ourVersions(where))).map(key)).toEqual(expected)
        }),
        { numRuns },
      )
    }, 600_000)
  })
}

function shown({ name, description, tags, aliases }: Row) {
  return {
    name,
    description,
    tags: Object.fromEntries(tags.map((tag) => [tag.key, tag.value])),
    aliases: aliases.map((alias) => alias.name).toSorted(compareCodePoints),
  }
}

function written({ name, description, tags = {}, aliases = {} }: FleetModel) {
  return {
    name,
    description: description ?? null,
    tags,
    aliases: Object.keys(aliases).toSorted(compareCodePoints),
  }
}
