import { afterAll } from 'vitest'
import { startFaultProxy } from '../../environment/fault-proxy.ts'
import { startMlflowStub } from '../../environment/mlflow-stub.ts'
import { rounds } from '../../environment/rounds.ts'
import { createFileSource } from '../../state/database-source.ts'
import { outsideLocal, outsideStub } from './outside.ts'
import { itConverges } from './process-torture-suite.ts'

const source = createFileSource()
afterAll(() => source.dispose())

itConverges({
  name: 'a local registry on SQLite',
  replicas: 1,
  kills: rounds(1, 50),
  pauseMs: 60,
  createUrl: () => source.createUrl(),
  open: async () => ({
    registry: { adapter: 'local' },
    proxy: null,
    canWrite: true,
    outside: (database) => outsideLocal(database, 'main'),
    close: async () => {},
  }),
})

itConverges({
  name: 'MLflow whose pages are short and shift',
  replicas: 1,
  kills: rounds(1, 50),
  pauseMs: 20,
  createUrl: () => source.createUrl(),
  async open() {
    const stub = await startMlflowStub({ pageCap: 3 })
    const proxy = await startFaultProxy(stub.url)
    return {
      registry: { adapter: 'mlflow', url: proxy.url },
      proxy,
      canWrite: false,
      outside: () => outsideStub(stub.store),
      async close() {
        await proxy.close()
        await stub.close()
      },
    }
  },
})
