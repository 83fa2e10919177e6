import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { azureConfigSchema } from '../../../src/adapters/azure-ml/config.ts'
import { defaultLocalConfig } from '../../../src/adapters/local/config.ts'
import { connectLocal } from '../../../src/adapters/local/connect.ts'
import type { ConformanceOptions } from '../../../src/conformance/index.ts'
import type { Adapter } from '../../../src/contract/index.ts'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { AzureWriter } from '../../adapters/azure-ml/azure-writer.ts'
import { openAzure, place, workspacePath } from '../../adapters/azure-ml/open-registry.ts'
import { seedAzure } from '../../adapters/azure-ml/seed-azure.ts'
import { openHeld } from '../../adapters/local/held-database.ts'
import { seedFixture } from '../../adapters/local/seed-fixture.ts'
import { openRegistry } from '../../adapters/mlflow/open-registry.ts'
import { startAzureDouble } from '../../azure-double/azure-double.ts'
import { startMlflow } from '../../environment/mlflow-server.ts'
import { startPostgres } from '../../environment/postgres-server.ts'
import type { MlflowVersion } from '../../environment/provided.ts'
import { createPostgresSource, silent } from '../../state/database-source.ts'
import { seedMlflow } from '../seed-mlflow.ts'

/** An adapter of this repository on one of its backends. */
export interface OwnAdapter {
  /** Of the report, without its ending. */
  readonly file: string
  readonly title: string
  open(): Promise<OpenedAdapter>
}

export interface OpenedAdapter {
  readonly options: ConformanceOptions
  close(): Promise<void>
}

const secret = 'the-token-that-nobody-may-see'

interface OpenedLocal extends OpenedAdapter {
  connect(to: GatewayDatabase): Promise<Adapter>
}

async function openLocal(url: string): Promise<OpenedLocal> {
  const artifactFolder = mkdtempSync(join(tmpdir(), 'modelgate-artifacts-'))
  const database = await openGatewayDatabase(url, { log: silent })
  const config = { ...defaultLocalConfig, artifactFolder }
  const connect = async (to: GatewayDatabase) =>
    connectLocal(config, { registry: 'registry', log: silent, database: to })
  return {
    connect,
    options: {
      connect: () => connect(database),
      seed: (fixture) => seedFixture(database, 'registry', fixture),
    },
    async close() {
      await database.close()
      rmSync(artifactFolder, { recursive: true })
    },
  }
}

async function openLocalOnPostgres(): Promise<OpenedAdapter> {
  const server = await startPostgres()
  const { options, connect, close } = await openLocal(server.url)
  const hanging = await openHeld(createPostgresSource(server.url))
  const connectHanging = () => connect(hanging.database)
  return {
    options: { ...options, connectHanging, secrets: [new URL(server.url).password] },
    async close() {
      await hanging.dispose()
      await close()
      await server.close()
    },
  }
}

async function openMlflow(version: MlflowVersion): Promise<OpenedAdapter> {
  const { url, close } = await startMlflow({ version })
  const connect = (to: string) => openRegistry(to, { auth: { bearer: secret } })
  const seed: ConformanceOptions['seed'] = (fixture) => seedMlflow(url, fixture)
  const connectFaulty: ConformanceOptions['connectFaulty'] = (backend) => connect(backend.url)
  const options = { connect: () => connect(url), seed, connectFaulty, backendUrl: url, secrets: [secret] }
  return { options, close }
}

async function openAzureDouble(stages: object): Promise<OpenedAdapter> {
  const double = await startAzureDouble()
  const own = azureConfigSchema.parse({ ...place, stages }).stages
  const connect = (to: string) => openAzure(to, { stages, auth: { token: secret } })
  const options: ConformanceOptions = {
    connect: () => connect(double.url),
    connectFaulty: ({ url }) => connect(url),
    backendUrl: double.url,
    seed: (fixture) => seedAzure(new AzureWriter(double.url, workspacePath), own, fixture),
    secrets: [secret],
  }
  return { options, close: () => double.close() }
}

const stageKeys = { none: 'None', staging: 'Staging', prod: 'Production' }

export const localOnSqlite: OwnAdapter = {
  file: 'local-sqlite',
  title: 'local on SQLite',
  open: () => openLocal('sqlite::memory:'),
}

export const azureOnDoubles: readonly OwnAdapter[] = [
  {
    file: 'azure-ml-stage-value',
    title: 'Azure ML on a double, stages by the value of a tag',
    open: () => openAzureDouble({ encoding: 'value', tag: 'stage' }),
  },
  {
    file: 'azure-ml-stage-keys',
    title: 'Azure ML on a double, stages by the keys of tags',
    open: () => openAzureDouble({ encoding: 'keys', keys: stageKeys }),
  },
]

/** Those that need servers. */
export const ownAdaptersOnServers: readonly OwnAdapter[] = [
  { file: 'local-postgresql', title: 'local on PostgreSQL', open: openLocalOnPostgres },
  { file: 'mlflow-3.17.2', title: 'MLflow 3.17.2', open: () => openMlflow('3.17.2') },
  { file: 'mlflow-2.22.4', title: 'MLflow 2.22.4', open: () => openMlflow('2.22.4') },
]
