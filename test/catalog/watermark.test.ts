import { expect, it } from 'vitest'
import type { Adapter } from '../../src/contract/index.ts'
import { syncOnce } from '../../src/federation/catalog/sync-pass.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { openRegistry } from '../adapters/mlflow/open-registry.ts'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { createFileSource, silent } from '../state/database-source.ts'
import { openProcess } from './open-process.ts'

it('a look that takes long goes by the times of when it began: what was made meanwhile is found by the next', async () => {
  const source = createFileSource()
  const database = await openGatewayDatabase(await source.createUrl(), { log: silent })
  let time = Date.now() - 3_600_000
  const stub = await startMlflowStub({ clock: () => time })
  for (let count = 0; count < 150; count++) stub.store.addModel(`m${count}`, { versions: [{}] })
  let meanwhile = () => {}
  const mlflow = await openRegistry(stub.url)
  const adapter: Adapter = {
    ...mlflow,
    models: {
      ...mlflow.models,
      async list(query, call) {
        if (query.continuation !== null) meanwhile()
        return mlflow.models.list(query, call)
      },
    },
  }
  const { federation, catalog, settings } = openProcess(database, adapter)
  const wish = { fullSince: null, waitMs: 2000, signal: new AbortController().signal }
  const sync = () => syncOnce({ federation, catalog }, 'main', { ...settings, sweepEveryMs: 3_600_000 }, wish)
  expect(await sync()).toMatchObject({ kind: 'swept' })
  meanwhile = () => {
    stub.store.addModel('late')
    time += 60_000
    stub.store.addVersion('m1')
  }
  expect(await sync()).toMatchObject({ kind: 'checked' })
  meanwhile = () => {}
  expect(await sync()).toMatchObject({ kind: 'checked' })
  const [state] = [...(await catalog.store.states()).values()]
  expect(await catalog.records.models(state ?? { id: 0, hasTimeless: true }, ['late'])).toMatchObject([
    { name: 'late' },
  ])
  await federation.close()
  await stub.close()
  await database.close()
  await source.dispose()
})
