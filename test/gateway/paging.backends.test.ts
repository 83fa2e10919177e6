import { inject } from 'vitest'
import { azureConfigSchema } from '../../src/adapters/azure-ml/config.ts'
import { AzureWriter } from '../adapters/azure-ml/azure-writer.ts'
import { place, workspacePath } from '../adapters/azure-ml/open-registry.ts'
import { type AzureDouble, startAzureDouble } from '../azure-double/azure-double.ts'
import { requireBackend } from '../environment/require-backend.ts'
import { rounds } from '../environment/rounds.ts'
import { createFileSource } from '../state/database-source.ts'
import { oddFleet, oddTexts, spellPlainly } from './odd-fleet.ts'
import { openGateway } from './open-gateway.ts'
import { describePaging } from './paging-suite.ts'
import { seedAzureFleet } from './seed-azure-fleet.ts'
import { seedLocal } from './seed-local.ts'
import { seedMlflow } from './seed-mlflow.ts'

const prefix = `paging-${process.pid}-`
const azure = { ...place, auth: { token: 't' } }
const source = createFileSource()
let double: AzureDouble | null = null

describePaging(prefix, {
  name: 'two real MLflow servers, a local store and Azure ML',
  registries: ['new', 'old', 'laptop', 'cloud'],
  models: oddTexts.length,
  numRuns: rounds(14, 100),
  open: async () => {
    requireBackend('mlflow 3.17.2')
    requireBackend('mlflow 2.22.4')
    const servers = inject('mlflow')
    const databaseUrl = await source.createUrl()
    double = await startAzureDouble()
    const writer = new AzureWriter(double.url, workspacePath)
    await Promise.all([
      seedMlflow(servers['3.17.2'].url, oddFleet(prefix), `${prefix}runs`),
      seedMlflow(servers['2.22.4'].url, oddFleet(prefix), `${prefix}runs`),
      seedLocal(databaseUrl, 'laptop', oddFleet(prefix)),
      seedAzureFleet(writer, azureConfigSchema.parse(azure).stages, oddFleet(prefix, spellPlainly)),
    ])
    const registry = { environment: 'dev', timeoutMs: 30_000 }
    return openGateway({
      environments: ['dev'],
      registries: [
        { ...registry, name: 'new', adapter: 'mlflow', url: servers['3.17.2'].url },
        { ...registry, name: 'old', adapter: 'mlflow', url: servers['2.22.4'].url },
        { ...registry, name: 'laptop', adapter: 'local' },
        { ...registry, name: 'cloud', adapter: 'azureml', endpoint: double.url, ...azure },
      ],
      database: { url: databaseUrl },
    })
  },
  dispose: async () => {
    await double?.close()
    await source.dispose()
  },
})
