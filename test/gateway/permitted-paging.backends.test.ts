import { inject } from 'vitest'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { createFileSource } from '../state/database-source.ts'
import { oddFleet } from './odd-fleet.ts'
import { openPermitted } from './open-permitted.ts'
import { describePermittedPaging } from './permitted-paging-suite.ts'
import { seedMlflow } from './seed-mlflow.ts'

const prefix = `seen-${process.pid}-`
const source = createFileSource()

describePermittedPaging(prefix, {
  name: 'two real MLflow servers',
  registries: ['new', 'old'],
  numRuns: rounds(1, 6),
  open: async () => {
    requireBackend('mlflow 3.17.2')
    requireBackend('mlflow 2.22.4')
    const servers = inject('mlflow')
    await Promise.all([
      seedMlflow(servers['3.17.2'].url, oddFleet(prefix), `${prefix}runs`),
      seedMlflow(servers['2.22.4'].url, oddFleet(prefix), `${prefix}runs`),
    ])
    const registry = { adapter: 'mlflow', environment: 'dev', timeoutMs: 30_000 }
    return openPermitted({
      environments: ['dev'],
      registries: [
        { ...registry, name: 'new', url: servers['3.17.2'].url },
        { ...registry, name: 'old', url: servers['2.22.4'].url },
      ],
      auth: {},
      database: { url: await source.createUrl() },
    })
  },
  dispose: () => source.dispose(),
})
