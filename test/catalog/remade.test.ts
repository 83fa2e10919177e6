import { expect, it } from 'vitest'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { openRegistry } from '../adapters/mlflow/open-registry.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { openProcess } from './open-process.ts'

it('models that are made anew are all kept, where the registry gives fewer of them at once than asked for', async () => {
  const source = createFileSource()
  const database = await openGatewayDatabase(await source.createUrl(), { log: silent })
  const stub = await startMlflowStub({ pageCap: 3 })
  const names = ['a', 'b', 'c', 'd', 'e']
  for (const name of names) stub.store.addModel(name)
  const { federation, catalog, settings } = openProcess(database, await openRegistry(stub.url))
  const wish = { fullSince: null, waitMs: 2000, signal: new AbortController().signal }
  const sync = () => syncOnce({ federation, catalog }, 'main', { ...settings, sweepEveryMs: 0 }, wish)
  expect(await sync()).toMatchObject({ kind: 'swept' })
  for (const name of names) stub.store.deleteModel(name)
  for (const name of names) stub.store.addModel(name)
  expect(await sync()).toMatchObject({ kind: 'swept' })
  const [state] = [...(await catalog.store.states()).values()]
  expect(state).toMatchObject({ problem: null, unclearSince: null, isLeftBehind: false })
  const kept = await catalog.records.models(state ?? { id: 0, hasTimeless: true }, names)
  expect(kept).toMatchObject(names.map((name) => ({ name })))
  await federation.close()
  await stub.close()
  await database.close()
  await source.dispose()
})
