import { afterEach, describe, expect, it } from 'vitest'
import { type MlflowStub, type MlflowStubOptions, startMlflowStub } from './mlflow-stub.ts'

let stub: MlflowStub
const start = async (options?: MlflowStubOptions) => {
  stub = await startMlflowStub(options)
}
afterEach(() => stub.close())

const ask = (path: string, query: Record<string, string> = {}) =>
  fetch(`${stub.url}/api/2.0/mlflow/${path}?${new URLSearchParams(query)}`)

const searchModels = async (query: Record<string, string> = {}) => {
  const answer = (await (await ask('registered-models/search', query)).json()) as {
    registered_models?: { name: string }[]
    next_page_token?: string
  }
  return { names: (answer.registered_models ?? []).map(({ name }) => name), token: answer.next_page_token }
}

describe('startMlflowStub', () => {
  it('sorts by code point, or as a language does', async () => {
    await start()
    for (const name of ['b', 'B', 'a', 'Z']) stub.store.addModel(name)
    expect((await searchModels()).names).toEqual(['B', 'Z', 'a', 'b'])
    await stub.close()
    await start({ locale: 'en' })
    for (const name of ['b', 'B', 'a', 'Z']) stub.store.addModel(name)
    expect((await searchModels()).names).toEqual(['a', 'b', 'B', 'Z'])
  })

  it('pages by offset, so that a deletion between pages loses a row', async () => {
    await start()
    for (const name of ['a', 'b', 'c', 'd']) stub.store.addModel(name)
    const first = await searchModels({ max_results: '2' })
    expect(first.names).toEqual(['a', 'b'])
    stub.store.deleteModel('a')
    const second = await searchModels({ max_results: '2', page_token: first.token ?? '' })
    expect(second).toEqual({ names: ['d'], token: undefined })
  })

  it('caps pages when told to', async () => {
    await start({ pageCap: 1 })
    for (const name of ['a', 'b']) stub.store.addModel(name)
    const page = await searchModels({ max_results: '100' })
    expect(page.names).toEqual(['a'])
    expect(page.token).toBeDefined()
  })

  it('knows name IN from 3.17, refuses it before, and ignored it long ago', async () => {
    const filter = "name IN ('a')"
    const seen: unknown[] = []
    for (const version of ['3.17.2', '2.22.4', '1.30.1']) {
      await start({ version })
      for (const name of ['a', 'b']) stub.store.addModel(name)
      const answer = await ask('registered-models/search', { filter })
      seen.push(answer.ok ? (await searchModels({ filter })).names : answer.status)
      if (version !== '1.30.1') await stub.close()
    }
    expect(seen).toEqual([['a'], 400, ['a', 'b']])
  })

  it('has neither version nor aliases as 1.30.1', async () => {
    await start({ version: '1.30.1' })
    stub.store.addModel('a', { versions: [{}], aliases: { champion: 1 } })
    expect((await fetch(`${stub.url}/version`)).status).toBe(404)
    const alias = await ask('registered-models/alias', { name: 'a', alias: 'champion' })
    expect(alias.status).toBe(404)
    expect(alias.headers.get('content-type')).toContain('html')
    expect(await (await ask('registered-models/get', { name: 'a' })).json()).not.toHaveProperty(
      'registered_model.aliases',
    )
  })

  it('refuses long request lines as gunicorn does', async () => {
    await start({ version: '2.22.4' })
    expect((await ask('registered-models/search', { filter: `name = '${'x'.repeat(5_000)}'` })).status).toBe(
      400,
    )
  })

  it('counts requests and can be slow', async () => {
    await start({ latencyMs: 60 })
    const startedAt = performance.now()
    await searchModels()
    expect(performance.now() - startedAt).toBeGreaterThan(55)
    expect(stub.log.countByPath()).toEqual({ '/api/2.0/mlflow/registered-models/search': 1 })
  })

  it('drops the aliases of a deleted version and keeps its number used', async () => {
    await start()
    stub.store.addModel('a', { versions: [{}, {}], aliases: { champion: 2 } })
    stub.store.deleteVersion('a', 2)
    expect(stub.store.models.get('a')?.aliases.size).toBe(0)
    expect(stub.store.addVersion('a').version).toBe(3)
  })

  it('finds the runs of the experiments that are named', async () => {
    await start()
    stub.store.addRun({ runId: 'r1', params: new Map([['depth', '3']]) })
    const search = (experiments: string[]) =>
      fetch(`${stub.url}/api/2.0/mlflow/runs/search`, {
        method: 'POST',
        body: JSON.stringify({ experiment_ids: experiments, filter: "run_id IN ('r1')" }),
      }).then((answer) => answer.json())
    expect(await search([])).toEqual({})
    expect(await search(['0'])).toHaveProperty('runs.0.data.params', [{ key: 'depth', value: '3' }])
  })
})
