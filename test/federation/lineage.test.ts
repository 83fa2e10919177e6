import { describe, expect, it } from 'vitest'
import { parseModelUri } from '../../src/federation/records/model-uri.ts'
import { fromNodeId, toNodeId } from '../../src/federation/records/node-id.ts'
import { hopBack, lineageOf } from '../../src/federation/resolve/lineage.ts'
import { locateUri } from '../../src/federation/resolve/resolve-uri.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { StoredRegistry } from './doubles/stored-registry.ts'

function chain() {
  const dev = new StoredRegistry()
  const prod = new StoredRegistry()
  dev.addModel('origin')
  dev.addVersion('origin', '3', { stage: 'Production' })
  dev.addModel('a/b@c', { aliases: [{ name: 'champion', version: '7' }] })
  dev.addVersion('a/b@c', '7', { source: 'models:/origin/3' })
  prod.addModel('x')
  prod.addVersion('x', '1', { tags: [{ key: 'modelgate.copied_from', value: 'models://dev/a/b@c/7' }] })
  prod.addVersion('x', '2', { source: 'models:/gone/9' })
  prod.addVersion('x', '3', { source: 'models:/x/3' })
  prod.addVersion('x', '5', { source: 'models:/x/nonsense', createdAt: new Date(0) })
  prod.addVersion('x', '4', { source: `models:/m-${'0'.repeat(32)}` })
  return openSession(openFederation({ dev, prod }))
}

describe('lineage', () => {
  const version = async (session: ReturnType<typeof chain>, number: string) => {
    const found = await session.registry('prod').version({ model: 'x', version: number })
    if (!found) throw new Error('The version is not there.')
    return found
  }

  it('follows copies over registries to the origin', async () => {
    const session = chain()
    const copy = await version(session, '1')
    expect(copy.source).toBe('models://dev/a/b@c/7')
    expect(copy.tags).toEqual([])
    const hops = await lineageOf(session, copy)
    expect(hops.map(({ uri, registry, broken }) => ({ uri, registry, broken }))).toEqual([
      { uri: 'models://dev/a/b@c/7', registry: 'dev', broken: false },
      { uri: 'models:/origin/3', registry: 'dev', broken: false },
    ])
    expect((await hopBack(session, copy))?.version?.version).toBe('7')
  })

  it('says where it is broken, stops in circles, and is empty for what is no copy', async () => {
    const session = chain()
    expect(await lineageOf(session, await version(session, '2'))).toMatchObject([
      { broken: true, version: null },
    ])
    expect(await lineageOf(session, await version(session, '3'))).toHaveLength(1)
    expect(await lineageOf(session, await version(session, '4'))).toEqual([])
    expect(await lineageOf(session, await version(session, '5'))).toMatchObject([
      { broken: true, version: null },
    ])
  })
})

describe('a model URI', () => {
  it.each([
    ['models:/n/3', { registry: null, name: 'n', selector: { kind: 'path', segment: '3' } }],
    [
      'models:/a/b@c@champion',
      { registry: null, name: 'a/b@c', selector: { kind: 'alias', alias: 'champion' } },
    ],
    ['models:/a@b/Staging', { registry: null, name: 'a@b', selector: { kind: 'path', segment: 'Staging' } }],
    ['models://prod/n%20x@y', { registry: 'prod', name: 'n%20x', selector: { kind: 'alias', alias: 'y' } }],
    ['models:/n', null],
    ['models:/n/', null],
    ['models:/@x', null],
    ['models:///n/3', null],
    ['models://prod', null],
    ['runs:/1/model', null],
    ['', null],
  ])('%s is %j', (uri, expected) => {
    expect(parseModelUri(uri)).toEqual(expected)
  })

  it.each([
    ['models://dev/origin/3', null, '3'],
    ['models:/a/b@c@champion', 'dev', '7'],
    ['models:/a/b@c@Champion', 'dev', null],
    ['models:/origin/PRODUCTION', 'dev', '3'],
    ['models:/origin/Staging', 'dev', null],
    ['models:/x/Latest', 'prod', '4'],
    ['models:/x@latest', 'prod', '4'],
    ['models:/nothing/latest', 'prod', null],
  ])('%s in %s is version %s', async (uri, registry, expected) => {
    const found = await locateUri(chain(), uri, registry).find()
    expect(found?.version ?? null).toBe(expected)
  })

  it.each([
    ['models:/n', 'dev', 'uri'],
    ['models:/n/3', null, 'uri'],
    ['models://prod/n/3', 'dev', 'uri'],
    ['models://nowhere/n/3', null, 'uri'],
    ['models:/n/3', 'nowhere', 'registry'],
    ['models:/origin/Nonsense', 'dev', 'uri'],
  ])('%s with registry %s is refused, naming %s', async (uri, registry, field) => {
    await expect(async () => locateUri(chain(), uri, registry).find()).rejects.toMatchObject({ field })
  })
})

it('makes ids that come back as what they stand for, and takes no others', () => {
  const references = [
    { type: 'Registry', registry: 'dev' },
    { type: 'Model', registry: 'dev', name: 'a/b:c@d "é😀' },
    { type: 'ModelVersion', registry: 'dev', model: 'x', version: '1' },
    { type: 'Run', registry: 'dev', runId: '0' },
    { type: 'Event', sealed: 'x' },
  ] as const
  for (const reference of references) expect(fromNodeId(toNodeId(reference))).toEqual(reference)
  for (const id of [
    '',
    'x',
    Buffer.from('["Model"]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ]) {
    expect(fromNodeId(id)).toBeNull()
  }
})
