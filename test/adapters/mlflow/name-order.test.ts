import { afterEach, describe, expect, it } from 'vitest'
import { NameOrder } from '../../../src/adapters/mlflow/reads/name-order.ts'
import type { MlflowClient } from '../../../src/adapters/mlflow/wire/client.ts'
import { type MlflowStub, startMlflowStub } from '../../environment/mlflow-stub.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'
import { modelQuery, readPages, textIs, versionQuery } from './queries.ts'

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

async function connect(options: { locale?: string; nameOrder?: 'codePoint' | 'locale' }, names: string[]) {
  const stub: MlflowStub = await startMlflowStub(
    options.locale === undefined ? {} : { locale: options.locale },
  )
  for (const name of names) stub.store.addModel(name, { versions: [{}, {}] })
  const registry = await openRegistry(stub.url, options.nameOrder ? { nameOrder: options.nameOrder } : {})
  open.push(stub.close, () => registry.close())
  return { stub, registry }
}

const mixed = ['a', 'B', 'c', 'D', 'é', 'f', '_g', 'Z']

describe('names that the server sorts by a locale', () => {
  it('make lists by name go by names that are known', async () => {
    const { registry } = await connect({ locale: 'en' }, mixed)
    const pages = await readPages(modelQuery({ limit: 3 }), (query) => registry.models.list(query, newCall()))
    expect(pages.every((page) => page.ordered)).toBe(true)
    expect(pages.flatMap((page) => page.items.map((model) => model.name))).toEqual(
      mixed.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    )
    expect((await registry.describe(newCall())).notices.join()).toContain('locale')
  })

  it('leave lists by time ordered, ties in the order of code points', async () => {
    const { stub, registry } = await connect({ locale: 'en' }, mixed)
    for (const [index, model] of [...stub.store.models.values()].entries())
      model.updatedAt = index < 2 ? 1 : 2
    const order = [{ field: 'updatedAt', direction: 'desc' }] as const
    for (const limit of [1, 3, 50]) {
      const pages = await readPages(modelQuery({ order, limit }), (query) =>
        registry.models.list(query, newCall()),
      )
      expect(pages.every((page) => page.ordered)).toBe(true)
      expect(pages.flatMap((page) => page.items.map((model) => model.name))).toEqual([
        'D',
        'Z',
        '_g',
        'c',
        'f',
        'é',
        'B',
        'a',
      ])
    }
  })

  it('do not matter within one model', async () => {
    const { registry } = await connect({ locale: 'en' }, mixed)
    const filter = textIs('model', 'B')
    expect(await registry.versions.list(versionQuery({ filter }), newCall())).toMatchObject({
      ordered: true,
      items: [{ version: '1' }, { version: '2' }],
    })
  })

  it('are found out while they are read, when the server seemed to be another', async () => {
    const { registry } = await connect({ locale: 'en', nameOrder: 'codePoint' }, mixed)
    for (const direction of ['asc', 'desc'] as const) {
      const order = [{ field: 'name', direction }] as const
      const page = await registry.models.list(modelQuery({ order }), newCall())
      const sorted = mixed.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      // What the first list, which is in the making, can only be given whole.
      expect(page.ordered).toBe(direction === 'desc')
      if (page.ordered) expect(page.items.map(({ name }) => name)).toEqual(sorted.toReversed())
    }
  })
})

describe('names that the server sorts by code point', () => {
  it('are found out by what it takes for a page token, and by a sample', async () => {
    const { registry } = await connect({}, mixed)
    const page = await registry.models.list(modelQuery(), newCall())
    expect(page.ordered).toBe(true)
    expect(page.items.map((model) => model.name)).toEqual(['B', 'D', 'Z', '_g', 'a', 'c', 'f', 'é'])
  })

  it('are not looked for when it is configured', async () => {
    for (const nameOrder of ['codePoint', 'locale'] as const) {
      const { registry } = await connect({ nameOrder }, mixed)
      await registry.models.get(['a'], newCall())
      const call = newCall()
      expect((await registry.models.list(modelQuery(), call)).ordered).toBe(true)
      // The names, what was written since, how many there are, and the rows.
      expect(call.requests).toBe(nameOrder === 'codePoint' ? 1 : 4)
    }
  })
})

describe('an order that a server breaks', () => {
  it('is not believed of such lists any more, until it was away, and of the others still', async () => {
    // What is configured is not asked for.
    const order = new NameOrder('codePoint', null as unknown as MlflowClient)
    order.refute('versions')
    expect(await order.isCodePoint('versions', newCall())).toBe(false)
    expect(await order.isCodePoint('models', newCall())).toBe(true)
    order.forget()
    expect(await order.isCodePoint('versions', newCall())).toBe(true)
  })
})
