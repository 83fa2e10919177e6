import { randomInt } from 'node:crypto'
import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Adapter,
  compareCodePoints,
  type ModelPage,
  type ModelQuery,
  type VersionQuery,
} from '../../../src/contract/index.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { type Behind, startSwitchingFront } from '../../environment/switching-front.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery, readPages, textIs, versionQuery } from './queries.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function startStub(version = '3.17.2'): Promise<MlflowStub> {
  const stub = await startMlflowStub({ locale: 'en', version })
  open.push(stub.close)
  return stub
}

async function connect(url: string): Promise<Adapter> {
  const registry = await openRegistry(url)
  open.push(() => registry.close())
  await registry.describe(newCall())
  return registry
}

/** A minute apart, long ago: writes since are later. */
function spread(stub: MlflowStub): void {
  for (const [index, model] of [...stub.store.models.values()].entries())
    model.updatedAt = 1_600_000_000_000 + index * 60_000
}

/** In another order by code point than by any locale. */
const nameOf = (n: number) => `${['a', 'B', 'é', 'Z', '_'][n % 5]}-${n}`
const inOrder = (stub: MlflowStub) => [...stub.store.models.keys()].sort(compareCodePoints)
const namesOf = (page: ModelPage) => page.items.map(({ name }) => name)

describe.each(['3.17.2', '2.22.4'])('names that are known, MLflow %s', (version) => {
  const isNewest = version === '3.17.2'
  let stub: MlflowStub
  let registry: Adapter
  const count = 1200

  beforeEach(async () => {
    stub = await startStub(version)
    for (let n = 0; n < count; n++)
      stub.store.addModel(nameOf(n), { tags: { team: n % 2 ? 'a' : 'b' }, versions: [{}] })
    spread(stub)
    registry = await connect(stub.url)
    await registry.models.list(modelQuery({ limit: 1 }), newCall())
    stub.log.reset()
  })

  async function page(query: Partial<ModelQuery> = {}) {
    const call = newCall()
    const found = await registry.models.list(modelQuery({ limit: 20, ...query }), call)
    return { found, requests: call.requests }
  }
  /** As the gateway takes the first rows: from page to page, until there are enough. */
  async function rows(query: Partial<ModelQuery> = {}): Promise<string[]> {
    const call = newCall()
    const names: string[] = []
    let continuation: string | null = null
    do {
      const found: ModelPage = await registry.models.list(
        modelQuery({ limit: 20, ...query, continuation }),
        call,
      )
      expect(found.ordered).toBe(true)
      names.push(...namesOf(found))
      continuation = found.continuation
    } while (continuation !== null && names.length < 20)
    return names.slice(0, 20)
  }
  const placeOf = (name: string) => ({ values: [name], name, version: null, hint: null })
  const rowsAfter = async (name: string) => {
    const found = await rows({ after: placeOf(name), limit: 21 })
    return found.filter((other) => compareCodePoints(other, name) > 0)
  }

  it(`are read once: a page, the first or a deep one, is ${isNewest ? 3 : '2 and one for each model'}`, async () => {
    const all = inOrder(stub)
    for (const at of [0, 600, 1100]) {
      const { found, requests } = await page({ after: placeOf(all[at] ?? '') })
      expect(found).toMatchObject({ ordered: true })
      expect(namesOf(found)).toEqual(all.slice(at + 1, at + 21))
      expect(requests).toBe(isNewest ? 3 : 2 + 20)
    }
    const { found } = await page({ order: [{ field: 'name', direction: 'desc' }] })
    expect(namesOf(found)).toEqual(all.toReversed().slice(0, 20))
  })

  it('cost one request more for each page that goes on', async () => {
    const call = newCall()
    const pages = await readPages(modelQuery({ limit: 400 }), (query) => registry.models.list(query, call))
    expect(pages.flatMap(namesOf)).toEqual(inOrder(stub))
    expect(call.requests).toBe(isNewest ? 2 + pages.length : 2 + count)
  })

  it('show a model that was made, also in the same millisecond as another', async () => {
    const [first = ''] = inOrder(stub)
    const newest = Math.max(...[...stub.store.models.values()].map((model) => model.updatedAt))
    stub.store.addModel('A').updatedAt = newest
    expect(await rows()).toContain('A')
    stub.store.addModel('AA').updatedAt = newest
    expect(await rows()).toEqual(['A', 'AA', ...inOrder(stub).slice(2, 20)])
    expect(first).not.toBe('A')
  })

  it('go on without a model that was deleted, and show one that took its name', async () => {
    const [first = '', second = ''] = inOrder(stub)
    stub.store.deleteModel(first)
    stub.store.deleteModel(second)
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    stub.store.addModel(first, { description: 'another' })
    const { found } = await page()
    expect(found.items[0]).toMatchObject({ name: first, description: 'another' })
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
  })

  it('follow a rename, of a model and back', async () => {
    stub.store.renameModel(nameOf(3), 'A')
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    stub.store.renameModel('A', nameOf(3))
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
  })

  it('bring tags, descriptions and aliases as they are now', async () => {
    const [first = ''] = inOrder(stub)
    stub.store.models.get(first)?.tags.set('live', 'yes')
    stub.store.setAlias(first, 'champion', 1)
    const { found } = await page()
    expect(found.items[0]?.tags).toContainEqual({ key: 'live', value: 'yes' })
    expect(found.items[0]?.aliases).toContainEqual({ name: 'champion', version: '1' })
  })

  it('show what is dated long ago, which a look at what was written last does not', async () => {
    stub.store.addModel('A').updatedAt = 1_500_000_000_000
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    stub.log.reset()
    expect((await page()).requests).toBe(isNewest ? 3 : 22)
  })

  it('show what is dated long ago beside deletions', async () => {
    for (let n = 10; n < 50; n++) stub.store.deleteModel(nameOf(n))
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    stub.store.addModel('A').updatedAt = 1_500_000_000_000
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
  })

  it('take in many at once', async () => {
    for (let n = 0; n < 1500; n++) stub.store.addModel(`A-${n}`)
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    expect(await rowsAfter('A-5')).toEqual(
      inOrder(stub)
        .filter((name) => compareCodePoints(name, 'A-5') > 0)
        .slice(0, 20),
    )
  })

  it('are not mixed up by lists that come at the same time, with writes in between', async () => {
    const reads: Promise<string[]>[] = []
    for (let n = 0; n < 8; n++) {
      reads.push(rows())
      stub.store.renameModel(nameOf(n), `A-${n}`)
      await new Promise((resolve) => setTimeout(resolve, randomInt(10)))
    }
    await Promise.all(reads)
    expect(await rows()).toEqual(inOrder(stub).slice(0, 20))
    stub.log.reset()
    const calls = Array.from({ length: 8 }, newCall)
    await Promise.all(calls.map((call) => registry.models.list(modelQuery({ limit: 20 }), call)))
    // Those who came before the look began share it.
    const searches = stub.log.requests.filter(({ query }) => query.getAll('order_by').length > 0)
    expect(searches.length).toBeLessThanOrEqual(4)
  })

  it('are left alone by a filter that few models match', async () => {
    stub.store.models.get(nameOf(7))?.tags.set('rare', 'yes')
    stub.store.models.get(nameOf(8))?.tags.set('rare', 'yes')
    const tests = [{ operator: 'eq', value: 'yes', ignoreCase: false }] as const
    const { found, requests } = await page({ filter: { kind: 'tag', key: 'rare', tests } })
    expect(namesOf(found)).toEqual([nameOf(7), nameOf(8)].sort(compareCodePoints))
    expect(found).toMatchObject({ ordered: true, continuation: null })
    expect(requests).toBe(1)
  })

  it('are looked through for a filter on names', async () => {
    const filter = textIs('name', 'Z-', 'startsWith')
    const { found, requests } = await page({ filter })
    expect(namesOf(found)).toEqual(
      inOrder(stub)
        .filter((name) => name.startsWith('Z-'))
        .slice(0, 20),
    )
    expect(requests).toBe(isNewest ? 3 : 22)
  })

  it.runIf(isNewest)('hold a filter that many models match', async () => {
    const tests = [{ operator: 'eq', value: 'a', ignoreCase: false }] as const
    const filter = { kind: 'tag', key: 'team', tests } as const
    const matching = inOrder(stub).filter((name) => stub.store.models.get(name)?.tags.get('team') === 'a')
    const call = newCall()
    const pages = await readPages(modelQuery({ filter }), (query) => registry.models.list(query, call))
    expect(pages.flatMap(namesOf)).toEqual(matching)
    const { found, requests } = await page({ filter })
    expect(namesOf(found).slice(0, 20)).toEqual(matching.slice(0, 20))
    expect(requests).toBe(3)
  })
})

describe('versions by model, of names that are known', () => {
  let stub: MlflowStub
  let registry: Adapter
  beforeEach(async () => {
    stub = await startStub()
    for (let n = 0; n < 300; n++)
      stub.store.addModel(nameOf(n), { versions: Array.from({ length: n % 4 }, () => ({})) })
    spread(stub)
    registry = await connect(stub.url)
  })
  const expected = (): string[] =>
    inOrder(stub).flatMap((name) =>
      [...(stub.store.models.get(name)?.versions.keys() ?? [])].map((version) => `${name}/${version}`),
    )
  const all = async (query: Partial<VersionQuery>) => {
    const pages = await readPages(versionQuery(query), (asked) => registry.versions.list(asked, newCall()))
    expect(pages.every(({ ordered }) => ordered)).toBe(true)
    return pages.flatMap(({ items }) => items.map((row) => `${row.modelName}/${row.version}`))
  }

  it('are all there, in order, by pages of any size', async () => {
    for (const limit of [1, 7, 50, 1000]) expect(await all({ limit })).toEqual(expected())
  })

  it('are three requests, also deep in the list', async () => {
    await registry.versions.list(versionQuery(), newCall())
    const rows = expected()
    const name = rows[200]?.split('/')[0] ?? ''
    const after = { values: [name, '1'], name, version: '1', hint: '' }
    const call = newCall()
    const page = await registry.versions.list(versionQuery({ after }), call)
    expect(page.items.map((row) => `${row.modelName}/${row.version}`)).toEqual(
      expect.arrayContaining(rows.slice(rows.indexOf(`${name}/1`) + 1, rows.indexOf(`${name}/1`) + 51)),
    )
    expect(call.requests).toBe(3)
  })

  it('are read within a model that has very many', async () => {
    const name = inOrder(stub)[100] ?? ''
    for (let n = 0; n < 4500; n++) stub.store.addVersion(name)
    expect(await all({ limit: 1000 })).toEqual(expected())
    const order = [
      { field: 'model', direction: 'desc' },
      { field: 'version', direction: 'desc' },
    ] as const
    expect(await all({ limit: 1000, order })).toEqual(expected().toReversed())
    const first = await registry.versions.list(
      versionQuery({ limit: 50, filter: textIs('model', name) }),
      newCall(),
    )
    const after = { values: [name, '4000'], name, version: '4000', hint: '3999' }
    const call = newCall()
    const page = await registry.versions.list(versionQuery({ limit: 50, after }), call)
    expect(page.items[0]).toMatchObject({ modelName: name, version: '4001' })
    expect(call.requests).toBe(1)
    expect(first.items).toHaveLength(50)
  })
})

describe('names that are known of a server whose clock is set', () => {
  const hour = 3_600_000
  async function startClocked() {
    const clock = { now: 1_700_000_000_000 }
    const stub = await startMlflowStub({ locale: 'en', clock: () => clock.now })
    open.push(stub.close)
    for (let n = 0; n < 60; n++) {
      clock.now += 60_000
      stub.store.addModel(nameOf(n))
    }
    const registry = await connect(stub.url)
    const listed = async () => {
      const pages = await readPages(modelQuery({ limit: 30 }), (query) =>
        registry.models.list(query, newCall()),
      )
      return pages.flatMap(namesOf)
    }
    expect(await listed()).toEqual(inOrder(stub))
    return { clock, stub, listed }
  }

  it('back: what is renamed and made by it is found all the same', async () => {
    const { clock, stub, listed } = await startClocked()
    clock.now -= hour / 2
    stub.store.renameModel(nameOf(5), 'A')
    expect(await listed()).toEqual(inOrder(stub))
    clock.now += 1000
    stub.store.renameModel('A', 'A-2')
    stub.store.addModel('A-3')
    expect(await listed()).toEqual(inOrder(stub))
  })

  it('ahead for one write, after which all others seem older', async () => {
    const { clock, stub, listed } = await startClocked()
    clock.now += 24 * hour
    stub.store.addModel('A')
    expect(await listed()).toEqual(inOrder(stub))
    clock.now -= 24 * hour
    // The test goes through them in no time, and so does the server, or nearly so.
    for (let n = 0; n < 50; n++) {
      clock.now += 100
      stub.store.renameModel(nameOf(n), `A-${n}`)
    }
    expect(await listed()).toEqual(inOrder(stub))
  })
})

describe('names of which the server hides some from this user', () => {
  it('cannot be counted, and are kept up to date all the same', async () => {
    const stub = await startStub()
    for (let n = 0; n < 40; n++) stub.store.addModel(n % 4 ? nameOf(n) : `hidden-${n}`)
    spread(stub)
    const front = createServer(async (request, response) => {
      const answer = await fetch(new URL(request.url ?? '/', stub.url))
      const text = await answer.text()
      if (!text.startsWith('{')) return response.writeHead(answer.status).end(text)
      const { registered_models: models = [], ...rest } = JSON.parse(text)
      const shown = models.filter(({ name }: { name: string }) => !name.startsWith('hidden'))
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ ...rest, registered_models: shown }))
    })
    const port = await listenOnLoopback(front)
    open.push(() => closeServer(front))
    const registry = await connect(`http://127.0.0.1:${port}`)
    const shown = () => inOrder(stub).filter((name) => !name.startsWith('hidden'))
    const listed = async () => namesOf(await registry.models.list(modelQuery({ limit: 100 }), newCall()))
    expect(await listed()).toEqual(shown())
    stub.store.addModel('A')
    stub.store.renameModel(nameOf(1), 'A-1')
    expect(await listed()).toEqual(shown())
    const call = newCall()
    await registry.models.list(modelQuery(), call)
    expect(call.requests).toBeLessThanOrEqual(3)
  })
})

describe('names that are known of another server', () => {
  it('are read again', async () => {
    const [one, other] = [await startStub(), await startStub()]
    for (let n = 0; n < 40; n++) {
      one.store.addModel(nameOf(n))
      other.store.addModel(`other-${n}`)
    }
    for (const when of ['older', 'newer'] as const) {
      let behind: Behind = one.url
      const front = await startSwitchingFront(() => behind)
      open.push(front.close)
      for (const model of other.store.models.values()) model.updatedAt += when === 'newer' ? 1_000_000 : 0
      const registry = await connect(front.url)
      expect(namesOf(await registry.models.list(modelQuery(), newCall()))).toEqual(inOrder(one))
      behind = other.url
      expect(namesOf(await registry.models.list(modelQuery(), newCall()))).toEqual(inOrder(other))
    }
  })

  it('are read again of one that was set back to what it was', async () => {
    const stub = await startStub()
    for (let n = 0; n < 40; n++) stub.store.addModel(nameOf(n))
    const before = [...stub.store.models].map(([name, model]) => [name, { ...model }] as const)
    const registry = await connect(stub.url)
    for (let n = 0; n < 5; n++) stub.store.renameModel(nameOf(n), `A-${n}`)
    await registry.models.list(modelQuery(), newCall())
    stub.store.models.clear()
    for (const [name, model] of before) stub.store.models.set(name, { ...model, name })
    expect(namesOf(await registry.models.list(modelQuery(), newCall()))).toEqual(inOrder(stub))
  })
})

describe('names that are known, with any writes of others in between', () => {
  it('give the pages that brute force gives', async () => {
    const write = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('create'), n: fc.nat(60) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete'), n: fc.nat(60) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('rename'), n: fc.nat(60), to: fc.nat(60) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('version'), n: fc.nat(60) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('sameTime'), n: fc.nat(60) }) },
    )
    const steps = fc.array(
      fc.record({ writes: fc.array(write, { maxLength: 6 }), at: fc.nat(60), desc: fc.boolean() }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 12 }), async (all, limit) => {
        const stub = await startMlflowStub({ locale: 'en' })
        const registry = await openRegistry(stub.url)
        try {
          for (let n = 0; n < 20; n++) stub.store.addModel(nameOf(n))
          for (const { writes, at, desc } of all) {
            for (const step of writes) {
              const name = nameOf(step.n)
              const isThere = stub.store.models.has(name)
              if (step.kind === 'create' && !isThere) stub.store.addModel(name)
              if (step.kind === 'sameTime' && !isThere) {
                const newest = Math.max(0, ...[...stub.store.models.values()].map((model) => model.updatedAt))
                stub.store.addModel(name).updatedAt = newest
              }
              if (step.kind === 'delete' && isThere) stub.store.deleteModel(name)
              if (step.kind === 'version' && isThere) stub.store.addVersion(name)
              if (
                step.kind === 'rename' &&
                isThere &&
                'to' in step &&
                !stub.store.models.has(nameOf(step.to))
              )
                stub.store.renameModel(name, nameOf(step.to))
            }
            const direction = desc ? 'desc' : 'asc'
            const name = nameOf(at)
            const sign = desc ? -1 : 1
            const rows: string[] = []
            let continuation: string | null = null
            do {
              const page: ModelPage = await registry.models.list(
                modelQuery({
                  order: [{ field: 'name', direction }],
                  limit,
                  after: continuation === null ? { values: [name], name, version: null, hint: null } : null,
                  continuation,
                }),
                newCall(),
              )
              expect(page.ordered).toBe(true)
              rows.push(...namesOf(page).filter((other) => compareCodePoints(other, name) * sign > 0))
              continuation = page.continuation
            } while (continuation !== null && rows.length < limit)
            const right = inOrder(stub).filter((other) => compareCodePoints(other, name) * sign > 0)
            expect(rows.slice(0, limit)).toEqual((desc ? right.toReversed() : right).slice(0, limit))
          }
        } finally {
          await registry.close()
          await stub.close()
        }
      }),
      { numRuns: 60 },
    )
  })
})
