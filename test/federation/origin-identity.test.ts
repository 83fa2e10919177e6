import { beforeEach, describe, expect, it } from 'vitest'
import { lineageOf } from '../../src/federation/resolve/lineage.ts'
import { diffVersions, isSameArtifact } from '../../src/federation/resolve/version-diff.ts'
import { copyVersion } from './doubles/carry-out-by-name.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

let dev: PlainRegistry
let prod: PlainRegistry
const place = (registry: string, model: string, version = '1') =>
  ({ kind: 'key', registry, model, version }) as const
const open = () => openSession(openFederation({ dev, prod }))

beforeEach(() => {
  dev = new PlainRegistry()
  prod = new PlainRegistry()
  dev.addVersion('net', { 'a.txt': 'one' }, { createdAt: new Date(1000) })
})

async function copy(
  from: string,
  to: string,
  name: string,
  { model = 'net', artifacts = 'REFERENCE' as 'REFERENCE' | 'COPY', key = null as string | null } = {},
) {
  return copyVersion(open(), {
    source: place(from, model),
    destination: { registry: to, name },
    artifacts,
    tags: [],
    idempotencyKey: key,
  })
}

/** Another model gets the name, with a version of the same number. */
function reuse(more: object): void {
  dev.store.models.delete('net')
  dev.addVersion('net', { 'a.txt': 'another' }, { createdAt: new Date(1000), ...more })
}

async function hopsOf(registry: string, model: string) {
  const session = open()
  const version = await session.registry(registry).version({ model, version: '1' })
  if (!version) throw new Error('The copy is not there.')
  return (await lineageOf(session, version)).map(({ uri, broken }) => `${uri}${broken ? ' broken' : ''}`)
}

const isSame = (one: ReturnType<typeof place>, other: ReturnType<typeof place>) => {
  const session = open()
  return isSameArtifact(session, diffVersions(session, one, other))
}

describe('an origin whose name another model has taken', () => {
  it.each([
    ['was created at another time', { createdAt: new Date(2000) }],
    ['has its files elsewhere', { place: 'memory://elsewhere', source: 'memory://elsewhere' }],
    ['has other files', { tags: new Map([['modelgate.digest', `sha256-v2:${'2'.repeat(64)}`]]) }],
    ['came from another run', { runId: 'another' }],
  ])('is a broken hop when it %s', async (_, more) => {
    const tags = new Map([['modelgate.digest', `sha256-v2:${'1'.repeat(64)}`]])
    reuse({ tags, runId: 'one' })
    await copy('dev', 'prod', 'net')
    reuse({ tags, runId: 'one' })
    expect(await hopsOf('prod', 'net')).toEqual(['models://dev/net/1'])
    reuse({ tags, runId: 'one', ...more })
    expect(await hopsOf('prod', 'net')).toEqual(['models://dev/net/1 broken'])
  })

  it.each(['REFERENCE', 'COPY'] as const)('is not the same artifact as its %s', async (artifacts) => {
    await copy('dev', 'prod', 'net', { artifacts })
    expect(await isSame(place('dev', 'net'), place('prod', 'net'))).toBe(true)
    reuse({ createdAt: new Date(2000), place: 'memory://elsewhere' })
    expect(await isSame(place('dev', 'net'), place('prod', 'net'))).toBe(false)
  })

  it('cannot be told from its copy once it was renamed and its files are elsewhere', async () => {
    await copy('dev', 'prod', 'net', { artifacts: 'COPY' })
    const made = dev.store.models.get('net')
    if (made) dev.store.models.set('net-old', made)
    reuse({ createdAt: new Date(2000) })
    expect(await isSame(place('dev', 'net-old'), place('prod', 'net'))).toBeNull()
  })

  it('is found out through copies of copies, also behind one that is gone', async () => {
    await copy('dev', 'prod', 'first')
    await copy('prod', 'dev', 'second', { model: 'first' })
    await copy('dev', 'dev', 'third', { model: 'second' })
    const whole = ['models:/second/1', 'models://prod/first/1', 'models://dev/net/1']
    expect(await hopsOf('dev', 'third')).toEqual(whole)
    reuse({ createdAt: new Date(2000) })
    expect(await hopsOf('dev', 'third')).toEqual([...whole.slice(0, 2), `${whole[2]} broken`])
    prod.store.models.delete('first')
    expect(await hopsOf('dev', 'third')).toEqual([whole[0], `${whole[1]} broken`, `${whole[2]} broken`])
  })

  it('is found out within a registry too, by its age, where nothing was noted', async () => {
    dev.addVersion('copy', {}, { source: 'models:/net/1', createdAt: new Date(500_000) })
    expect(await hopsOf('dev', 'copy')).toEqual(['models:/net/1'])
    reuse({ createdAt: new Date(800_000) })
    expect(await hopsOf('dev', 'copy')).toEqual(['models:/net/1 broken'])
  })

  it('is found out in another registry by an age that no clocks explain, where nothing was noted', async () => {
    const hour = 3_600_000
    const tags = new Map([['modelgate.copied_from', 'models://dev/net/1']])
    prod.addVersion('copy', {}, { tags, createdAt: new Date(hour) })
    reuse({ createdAt: new Date(3 * hour) })
    expect(await hopsOf('prod', 'copy')).toEqual(['models://dev/net/1'])
    reuse({ createdAt: new Date(50 * hour) })
    expect(await hopsOf('prod', 'copy')).toEqual(['models://dev/net/1 broken'])
  })

  it('is not copied instead, when a copy that broke off is tried again', async () => {
    const federation = openFederation({ dev, prod })
    const again = () =>
      copyVersion(openSession(federation), {
        source: place('dev', 'net'),
        destination: { registry: 'prod', name: 'net' },
        artifacts: 'REFERENCE',
        tags: [],
        idempotencyKey: 'key',
      })
    prod.meddle = async (operation, write) => {
      if (operation !== 'versions.create') return write()
      prod.meddle = (_, others) => others()
      throw new Error('Nobody knows.')
    }
    await expect(again()).rejects.toThrow()
    reuse({ createdAt: new Date(2000) })
    await expect(again()).rejects.toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(prod.versionsOf('net')).toEqual([])
  })
})

it('reads the origins of copies that were made before anything was noted', async () => {
  prod.addVersion('net', {}, { tags: new Map([['modelgate.copied_from', 'models://dev/net/1']]) })
  expect(await hopsOf('prod', 'net')).toEqual(['models://dev/net/1'])
})

it.each(['', '{}', '[1, null, {"registry": 1}]', 'not JSON'])(
  'takes nothing from notes like %j',
  async (text) => {
    const tags = { 'modelgate.copied_from': 'models://dev/net/1', 'modelgate.origins': text }
    prod.addVersion('net', {}, { tags: new Map(Object.entries(tags)) })
    expect(await hopsOf('prod', 'net')).toEqual(['models://dev/net/1'])
  },
)
