import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boss, nobody, openPermitted, type PermittedGateway, type Who } from './open-permitted.ts'
import { seedModel } from './permission-matrix.ts'

const ann: Who = { principal: 'user:ann', default: 'NO_PERMISSIONS' }
const query = `query ($text: String!, $where: ModelVersionFilter, $first: Int, $after: String) {
  search(text: $text, where: $where, registries: ["prod"], first: $first, after: $after) {
    totalCount correction message complete pageInfo { hasNextPage endCursor }
    edges { cursor score node { __typename ... on Model { name } ... on ModelVersion { modelName version } }
      highlights { field fragment } } } }`

describe('a search of who may not see everything', () => {
  let gateway: PermittedGateway

  beforeAll(async () => {
    gateway = await openPermitted({
      environments: ['prod'],
      registries: [{ name: 'prod', adapter: 'local', environment: 'prod' }],
      auth: {},
    })
    for (const name of ['open-zebra', 'open-walrus', 'hidden-zebra', 'hidden-pangolin', 'a-lot-b-of-c'])
      await seedModel(gateway.database, 'prod', name)
    await gateway.sync()
    await gateway.permissions.set({
      registry: 'prod',
      model: 'open-*',
      principal: 'user:ann',
      permission: 'READ',
    })
  })
  afterAll(() => gateway.close())

  const search = async (who: Who, text: string, given: object = {}) =>
    (await gateway.data(who, query, { text, ...given })).search
  const names = async (who: Who, text: string, given: object = {}) =>
    (await search(who, text, given)).edges.map(
      ({ node }: { node: { name?: string; modelName?: string } }) => node.name ?? node.modelName,
    )

  it('finds and counts what it may see, in its order and with its scores, as if nothing else were there', async () => {
    expect(await names(boss, 'zebra')).toEqual(['hidden-zebra', 'open-zebra'])
    const { edges, totalCount } = await search(ann, 'zebra')
    expect([edges.length, totalCount]).toEqual([1, 1])
    const whole = (await search(boss, 'zebra')).edges.find(
      ({ node }: { node: { name: string } }) => node.name === 'open-zebra',
    )
    expect(edges[0]).toMatchObject({ score: whole.score, highlights: whole.highlights })
    // Versions are their models'.
    expect(await names(boss, 'champion', { where: {} })).toContain('hidden-zebra')
    expect(new Set(await names(ann, 'champion', { where: {} }))).toEqual(
      new Set(['open-zebra', 'open-walrus']),
    )
  })

  it('is told of what is hidden as of what is not there', async () => {
    const answer = async (text: string) => gateway.askText(ann, query, { text })
    expect(await answer('pangolin')).toBe(await answer('nothings'))
    expect(await answer('pang')).toBe(await answer('noth'))
  })

  it('mends no mistake by a word that only hidden things have', async () => {
    expect(await search(boss, 'pangolni')).toMatchObject({ correction: 'pangolin' })
    expect(await search(ann, 'pangolni')).toEqual(await search(ann, 'nothnigs'))
    expect(await search(ann, 'walrsu')).toMatchObject({ correction: 'walrus', totalCount: 1 })
    // Of several that are near only those that it may see.
    expect(await search(ann, 'zebar')).toMatchObject({ correction: 'zebra', totalCount: 1 })
  })

  it('shows nothing to who is not signed in', async () => {
    expect((await gateway.ask(nobody, query, { text: 'zebra' })).data.search ?? { edges: [] }).toMatchObject({
      edges: [],
    })
  })

  it('sees at once what is granted, and no more what is taken away', async () => {
    const grant = { registry: 'prod', model: 'hidden-zebra', principal: 'user:ann' } as const
    await gateway.permissions.set({ ...grant, permission: 'READ' })
    expect(await names(ann, 'zebra')).toEqual(['hidden-zebra', 'open-zebra'])
    const { pageInfo } = await search(ann, 'zebra', { first: 1 })
    await gateway.permissions.remove(grant)
    expect(await names(ann, 'zebra')).toEqual(['open-zebra'])
    expect(await names(ann, 'zebra', { first: 1, after: pageInfo.endCursor })).toEqual(['open-zebra'])
  })
})
