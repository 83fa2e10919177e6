import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import { exactly } from '../../src/federation/permissions/model-pattern.ts'
import { oddFleet, oddTexts } from '../gateway/odd-fleet.ts'
import { boss, openPermitted, type PermittedGateway, type Who } from '../gateway/open-permitted.ts'
import { seedLocal } from '../gateway/seed-local.ts'
import { modelWhere } from '../gateway/where-arbitraries.ts'
import type { DatabaseSource } from '../state/database-source.ts'

interface Counted {
  readonly key: string | null
  readonly models: number
  readonly registries: readonly { readonly name: string }[]
}

interface Row {
  readonly name: string
  readonly registry: { readonly name: string }
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

type By = { readonly tag: string } | { readonly nameBefore: string }

const groupsQuery = `query ($by: ModelGroupBy!, $where: ModelFilter, $registries: [String!], $environments: [String!], $first: Int) {
  modelGroups(by: $by, where: $where, registries: $registries, environments: $environments, first: $first) {
    groups { key models registries { name } } complete sources { registry { name } state error { code message } } } }`
const listQuery = `query ($where: ModelFilter, $registries: [String!], $environments: [String!]) {
  models(read: INDEXED, where: $where, registries: $registries, environments: $environments, first: 500) {
    nodes { name registry { name } tags { key value } } totalCount } }`

const registryNames = ['a', 'b', 'mixed']

/** Counted one by one. */
function countOneByOne(rows: readonly Row[], by: By): Counted[] {
  const keyOf = ({ name, tags }: Row) => {
    if ('tag' in by) return tags.find(({ key }) => key === by.tag)?.value ?? null
    return name.includes(by.nameBefore) ? (name.split(by.nameBefore)[0] ?? null) : null
  }
  const groups = [...Map.groupBy(rows, keyOf)].map(([key, models]) => ({
    key,
    models: models.length,
    registries: registryNames
      .filter((name) => models.some(({ registry }) => registry.name === name))
      .map((name) => ({ name })),
  }))
  const inOrder = (a: string | null, b: string | null) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    return Buffer.compare(Buffer.from(a), Buffer.from(b))
  }
  return groups.sort((a, b) => b.models - a.models || inOrder(a.key, b.key))
}

export function describeModelGroups(source: DatabaseSource): void {
  describe(`modelGroups on ${source.name}`, () => {
    let gateway: PermittedGateway
    let callers = 0

    beforeAll(async () => {
      const url = await source.createUrl()
      const [a, b] = [oddFleet('dev.'), oddFleet('team-x.').slice(0, 12)]
      await seedLocal(url, 'a', a)
      await seedLocal(url, 'b', b)
      await seedLocal(url, 'mixed', [
        { name: 'dev.one', tags: { team: 'plain' } },
        { name: 'prod.one' },
        { name: 'plain' },
      ])
      const registries = registryNames.map((name) => ({ name, adapter: 'local', environment: 'prod' }))
      gateway = await openPermitted({
        environments: ['dev', 'prod'],
        registries: [
          ...registries,
          { name: 'left-out', adapter: 'local', environment: 'dev', catalog: false },
        ],
        logicalModels: [
          { registry: 'mixed', name: '{environment}.{name}' },
          { registry: '*', name: '{name}' },
        ],
        database: { url },
        auth: {},
      })
      const store = createLocalStore(gateway.database, 'b')
      await store.models.create({ name: 'alone', description: null, tags: [] })
      await gateway.sync()
    }, 120_000)
    afterAll(async () => {
      await gateway?.close()
      await source.dispose()
    })

    const groupsOf = async (who: Who, by: By, rest: object = {}) =>
      (await gateway.data(who, groupsQuery, { by, registries: registryNames, ...rest })).modelGroups

    const by = fc.constantFrom<By>(
      { tag: 'team' },
      { tag: 'tier' },
      { tag: 'nothing' },
      { tag: 'bad\0key' },
      { nameBefore: '.' },
      { nameBefore: '-' },
      { nameBefore: 'e' },
      { nameBefore: 'ß' },
      { nameBefore: '\ud800' },
    )

    it('counts what the list of models has, whoever asks', async () => {
      const names = [...oddTexts.map((text) => `dev.${text}`), 'alone']
      const pattern = fc.oneof(
        fc.constantFrom('*', 'dev.*', '*e*', 'dev.*a*e*', 'dev.*\\**', 'team-x.*', '*0%'),
        fc.constantFrom(...names).map(exactly),
      )
      const grants = fc.array(
        fc.record({
          registry: fc.constantFrom('*', ...registryNames),
          model: pattern,
          permission: fc.constantFrom('READ' as const, 'NO_PERMISSIONS' as const),
        }),
        { maxLength: 4 },
      )
      const request = fc.record({
        where: modelWhere(names, ['2020-01-01T00:00:00Z', '2999-01-01T00:00:00Z']),
        environments: fc.constantFrom(null, ['dev'], ['prod'], ['dev', 'prod']),
        first: fc.constantFrom(1, 3, 500),
      })
      await fc.assert(
        fc.asyncProperty(by, request, grants, async (by, { first, ...rest }, given) => {
          const principal = `user:groups-${callers++}`
          for (const grant of given) await gateway.permissions.set({ ...grant, principal })
          const who: Who = { principal, default: callers % 2 === 0 ? 'READ' : 'NO_PERMISSIONS' }
          const { models } = await gateway.data(who, listQuery, { registries: registryNames, ...rest })
          expect(models.totalCount).toBe(models.nodes.length)
          const found = await groupsOf(who, by, { ...rest, first })
          expect(found.complete).toBe(true)
          expect(found.groups).toEqual(countOneByOne(models.nodes, by).slice(0, first))
        }),
        { numRuns: 60 },
      )
    }, 120_000)

    it('says which registries it does not know, and does not count what is archived or has no part', async () => {
      const { groups, complete, sources } = await groupsOf(boss, { nameBefore: '.' }, { registries: null })
      expect(groups.map(({ key, models }: Counted) => [key, models])).toEqual([
        ['dev', oddTexts.length + 1],
        ['team-x', 12],
        [null, 2],
        ['prod', 1],
      ])
      expect(complete).toBe(false)
      const states = sources.map((each: { state: string; error: object | null }) => [each.state, each.error])
      expect(states).toEqual([
        ...registryNames.map(() => ['OK', null]),
        ['SKIPPED', { code: 'UNSUPPORTED', message: expect.stringContaining('leaves it out') }],
      ])
    })

    it('refuses what no group can be made by', async () => {
      for (const [given, field] of [
        [{ by: { nameBefore: '' } }, 'by'],
        [{ by: { tag: 'team' }, first: 0 }, 'first'],
        [{ by: { tag: 'team' }, first: 501 }, 'first'],
        [{ by: { tag: 'team' }, registries: ['nowhere'] }, 'registries'],
      ] as const) {
        const { data, errors } = await gateway.ask(boss, groupsQuery, given)
        expect(data).toEqual({ modelGroups: null })
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
      }
    })
  })
}
