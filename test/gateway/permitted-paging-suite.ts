import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exactly } from '../../src/federation/permissions/model-pattern.ts'
import { type Grant, permissionLevels, reaches } from '../../src/federation/records/permission.ts'
import { naiveLevel } from '../federation/permissions/naive-level.ts'
import { boss, type PermittedGateway, type Who } from './open-permitted.ts'

export interface PermittedRegistries {
  readonly name: string
  /** A gateway over these registries, each with models whose names begin with the prefix. */
  readonly open: () => Promise<PermittedGateway>
  readonly dispose: () => Promise<void>
  readonly registries: readonly string[]
  readonly numRuns: number
}

interface Row {
  readonly registry: { readonly name: string }
  readonly name: string
  readonly version?: string
}

const kinds = {
  models: {
    orders: ['NAME', 'CREATED_AT', 'UPDATED_AT'].flatMap((field) =>
      ['ASC', 'DESC'].map((direction) => ({ field, direction })),
    ),
    query: `query ($first: Int, $after: String, $orderBy: [ModelOrder!], $prefix: String!) {
      list: models(first: $first, after: $after, orderBy: $orderBy, where: { name: { startsWith: $prefix } }) {
        nodes { name registry { name } } totalCount complete pageInfo { hasNextPage endCursor } } }`,
  },
  versions: {
    orders: [
      ...['MODEL', 'VERSION', 'CREATED_AT', 'UPDATED_AT'].flatMap((by) =>
        ['ASC', 'DESC'].map((direction) => ({ field: { by, direction } })),
      ),
      { metric: { key: 'auc', direction: 'DESC' } },
    ],
    query: `query ($first: Int, $after: String, $orderBy: [ModelVersionOrder!], $prefix: String!) {
      list: modelVersions(includeArchived: true, first: $first, after: $after, orderBy: $orderBy, where: { model: { startsWith: $prefix } }) {
        nodes { name: modelName version registry { name } } totalCount complete pageInfo { hasNextPage endCursor } } }`,
  },
} as const

/** Pages for callers of random grants, against the whole list of an administrator, filtered by the rule word by word. */
export function describePermittedPaging(
  prefix: string,
  { name, open, dispose, registries, numRuns }: PermittedRegistries,
): void {
  describe(`pages of what one may see, over ${name}`, () => {
    let gateway: PermittedGateway
    const whole = new Map<string, Promise<Row[]>>()
    let callers = 0

    beforeAll(async () => {
      gateway = await open()
    }, 240_000)
    afterAll(async () => {
      await gateway?.close()
      await dispose()
    })

    async function page(who: Who, kind: keyof typeof kinds, variables: object) {
      const { list } = await gateway.data(who, kinds[kind].query, { prefix, ...variables })
      expect(list.complete).toBe(true)
      return list
    }

    /** Of an administrator, once for each order. */
    function wholeList(kind: keyof typeof kinds, order: object): Promise<Row[]> {
      const key = JSON.stringify([kind, order])
      const known = whole.get(key)
      if (known) return known
      const list = page(boss, kind, { first: 500, orderBy: [order] }).then(({ nodes }) => nodes)
      whole.set(key, list)
      return list
    }

    const pattern = fc
      .tuple(fc.nat(), fc.nat(), fc.constantFrom('exact', 'begins', 'ends', 'all'))
      .map(([index, cut, form]) => async () => {
        const rows = await wholeList('models', kinds.models.orders[0] as object)
        const model = rows[index % rows.length]?.name ?? ''
        const own = [...model.slice(prefix.length)]
        const at = cut % own.length
        if (form === 'exact') return exactly(model)
        if (form === 'begins') return `${exactly(prefix + own.slice(0, at).join(''))}*`
        return form === 'ends' ? `*${exactly(own.slice(at).join(''))}` : '*'
      })
    const grants = fc.array(
      fc.record({
        registry: fc.constantFrom('*', ...registries),
        model: pattern,
        principal: fc.constantFrom('own', 'group:one', 'group:two'),
        permission: fc.constantFrom(...permissionLevels),
      }),
      { maxLength: 6 },
    )
    const otherwise = fc.constantFrom('READ' as const, 'NO_PERMISSIONS' as const)
    const pageSizes = fc.array(fc.integer({ min: 3, max: 40 }), { minLength: 1, maxLength: 3 })
    type Wish = Omit<Grant, 'model'> & { readonly model: () => Promise<string> }

    /** What is granted to a caller that nobody was before. */
    async function allow(caller: number, wishes: readonly Wish[], before: readonly Grant[] = []) {
      const own = { own: `user:${prefix}${caller}`, 'group:one': `group:1-${prefix}${caller}` }
      const others = { 'group:two': `group:2-${prefix}${caller}` }
      const names: Readonly<Record<string, string>> = { ...own, ...others }
      const all = new Map(before.map((grant) => [keyOf(grant), grant]))
      for (const { model, principal, ...wish } of wishes) {
        const grant = { ...wish, model: await model(), principal: names[principal] ?? '' }
        await gateway.permissions.set(grant)
        all.set(keyOf(grant), grant)
      }
      const [principal = '', ...groups] = Object.values(names)
      return { who: { principal, groups }, all: [...all.values()] }
    }

    const isVisible =
      (
        all: readonly Grant[],
        who: { principal: string; groups: string[] },
        level: 'READ' | 'NO_PERMISSIONS',
      ) =>
      ({ registry, name: model }: Row) =>
        reaches(naiveLevel(all, who, [registry.name, model], level), 'READ')

    const cases = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
      kinds[kind].orders.map((order) => [kind, JSON.stringify(order), order] as const),
    )

    it.each(cases)(
      '%s by %s are the whole list without the others',
      async (kind, _, order) => {
        const rows = await wholeList(kind, order)
        await fc.assert(
          fc.asyncProperty(grants, otherwise, pageSizes, async (wishes, level, sizes) => {
            const { who, all } = await allow(callers++, wishes)
            const expected = rows.filter(isVisible(all, who, level))
            const found: Row[] = []
            for (let after = null, turn = 0; ; turn++) {
              const first = sizes[turn % sizes.length]
              const list = await page({ ...who, default: level }, kind, { first, after, orderBy: [order] })
              found.push(...list.nodes)
              if (list.totalCount !== null) expect(list.totalCount).toBe(expected.length)
              after = list.pageInfo.endCursor
              if (!list.pageInfo.hasNextPage) break
            }
            expect(found).toEqual(expected)
          }),
          { numRuns },
        )
      },
      600_000,
    )

    it.each(cases)(
      '%s by %s hold nothing forbidden when grants change between them',
      async (kind, _, order) => {
        const rows = await wholeList(kind, order)
        await fc.assert(
          fc.asyncProperty(grants, grants, otherwise, async (wishes, later, level) => {
            const caller = callers++
            let { who, all } = await allow(caller, wishes)
            const found: Row[] = []
            for (let after = null, turn = 0; ; turn++) {
              const list = await page({ ...who, default: level }, kind, { first: 7, after, orderBy: [order] })
              const visible = isVisible(all, who, level)
              expect(list.nodes.filter((row: Row) => !visible(row))).toEqual([])
              found.push(...list.nodes)
              after = list.pageInfo.endCursor
              if (!list.pageInfo.hasNextPage) break
              const wish = later[turn]
              if (wish) ({ who, all } = await allow(caller, [wish], all))
            }
            // In the order of the whole list, and none twice.
            const places = found.map((row) =>
              rows.findIndex((one) => JSON.stringify(one) === JSON.stringify(row)),
            )
            expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b))
          }),
          { numRuns },
        )
      },
      600_000,
    )
  })
}

function keyOf({ registry, model, principal }: Grant): string {
  return JSON.stringify([registry, model, principal])
}
