import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownFolder } from '../../../src/adapters/local/files/version-folder.ts'
import type { GatewayDatabase } from '../../../src/state/database.ts'
import { memory, openFrom } from '../../state/database-source.ts'
import { type OpenRegistry, openRegistry } from './open-registry.ts'

const artifactFolder = join(tmpdir(), 'modelgate places')
const origin = [{ key: 'modelgate.copied_from', value: 'models://elsewhere/m/1' }]
const refusal = { code: 'BAD_USER_INPUT', message: expect.stringContaining('means nothing here') }

let database: GatewayDatabase
let registry: OpenRegistry
beforeAll(async () => {
  database = await openFrom(memory)
  const other = await openRegistry(database, 'other')
  await other.store.models.create({ name: 'm' })
  await other.store.versions.create({ model: 'm', source: 'file:///srv/models/m' })
  registry = await openRegistry(database, 'registry', { artifactFolder })
  await registry.store.models.create({ name: 'm' })
})
afterAll(() => database.close())

const create = (source: string, tags: typeof origin = []) =>
  registry.store.versions.create({ model: 'm', source, tags })

describe('a place that means nothing in a local registry', () => {
  it.each([
    'mlflow-artifacts:/1/abc/artifacts/model',
    'mlflow-artifacts:///1/abc/artifacts/model',
    'file://another-machine/srv/models/m',
  ])('is refused, whoever names it: %s', async (source) => {
    await expect(create(source)).rejects.toMatchObject(refusal)
    await expect(create(source, origin)).rejects.toMatchObject(refusal)
  })

  it.each([
    '/mlruns/0/abc/artifacts/model',
    'file:///mlruns/0/abc/artifacts/model',
    'file:/mlruns/0/abc',
    './mlruns/0/abc',
    'C:\\mlruns\\0',
    `${pathToFileURL(artifactFolder).href}/someone-else/m`,
  ])('is refused of a copy from another registry: %s', async (source) => {
    await expect(create(source, origin)).rejects.toMatchObject(refusal)
  })
})

it.each([
  's3://bucket/m',
  'https://example.com/m',
  'mlflow-artifacts://mlflow:5000/1/abc/artifacts/model',
  'file:///srv/models/m',
  `${pathToFileURL(ownFolder(artifactFolder, 'registry')).href}/m/1`,
])('takes of a copy what is found from here: %s', async (source) => {
  await expect(create(source, origin)).resolves.toMatch(/^\d+$/)
})

it('takes the paths of its own machine that a person names', async () => {
  await expect(create('file:///srv/new')).resolves.toMatch(/^\d+$/)
})
