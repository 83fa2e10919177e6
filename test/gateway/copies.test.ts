import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

const files = {
  MLmodel: 'flavors: {}\n',
  'data/weights #1 100%.bin': 'w'.repeat(100_000),
  'data/deep/ünï 🚀.txt': '',
}

describe('copies between registries', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-copies-'))
  let gateway: OpenGateway

  const key = (registry: string, model: string, version = '1') => ({ key: { registry, model, version } })
  const copy = async (source: object, registry: string, name: string, more = {}) => {
    const input = { source, destination: { registry, name }, ...more }
    return (await gateway.data(mutations.copyVersion, { input })).copyModelVersion
  }
  const refuse = async (source: object, registry: string, name: string, more = {}) => {
    const input = { source, destination: { registry, name }, ...more }
    const { data, errors } = await gateway.ask(mutations.copyVersion, { input })
    expect(data.copyModelVersion).toBeNull()
    return { ...errors?.[0]?.extensions, message: errors?.[0]?.message }
  }
  const exists = async (registry: string, name: string) =>
    (await gateway.data(mutations.load, { registry, name })).model !== null

  beforeAll(async () => {
    const registry = (name: string, more = {}) => ({ name, adapter: 'local', environment: 'dev', ...more })
    const below = (name: string) => ({ artifactFolder: join(folder, name) })
    gateway = await openGateway({
      environments: ['dev'],
      registries: [
        registry('dev', below('dev')),
        registry('staging', below('staging')),
        registry('prod', below('prod')),
        registry('laptop'),
        registry('locked', { readOnly: true }),
      ],
    })
    const root = join(folder, 'dev', 'given')
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true })
      writeFileSync(join(root, path), content)
    }
    await gateway.data(mutations.createVersion, {
      input: {
        model: { key: { registry: 'dev', name: 'churn' } },
        createModel: true,
        source: pathToFileURL(root).href,
        description: 'the first',
        tags: [{ key: 'gate', value: 'passed' }],
      },
    })
  })
  afterAll(async () => {
    await gateway.close()
    rmSync(folder, { recursive: true })
  })

  it('moves the files along, with a digest over all of them', async () => {
    const { createdModel, modelVersion } = await copy(key('dev', 'churn'), 'prod', 'churn', {
      artifacts: 'COPY',
    })
    expect(createdModel).toBe(true)
    expect(modelVersion).toMatchObject({
      version: '1',
      source: 'models://dev/churn/1',
      copiedFrom: { version: '1', modelName: 'churn' },
      description: 'the first',
      tags: [{ key: 'gate', value: 'passed' }],
      sizeBytes: 100_012,
      digest: `sha256-v2:${manifestDigest()}`,
    })
    const place = fileURLToPath(modelVersion.artifactUri)
    expect(place.startsWith(join(folder, 'prod'))).toBe(true)
    for (const [path, content] of Object.entries(files)) {
      expect(readFileSync(join(place, path), 'utf8')).toBe(content)
    }
    const listed = await gateway.data(
      `{ modelVersion(registry: "prod", model: "churn", version: "1") { artifacts { nodes { path isDirectory sizeBytes } } } }`,
    )
    expect(listed.modelVersion.artifacts.nodes).toEqual([
      { path: 'MLmodel', isDirectory: false, sizeBytes: 12 },
      { path: 'data', isDirectory: true, sizeBytes: null },
    ])
  })

  it('refers to the files where they are', async () => {
    const { modelVersion } = await copy(key('dev', 'churn'), 'laptop', 'reference')
    const source = (await gateway.data(mutations.lineage, key('dev', 'churn').key)).modelVersion.source
    expect(modelVersion).toMatchObject({ source: 'models://dev/churn/1', artifactUri: source })
  })

  it('keeps a lineage of all hops, also behind one that is gone', async () => {
    await copy(key('dev', 'churn'), 'staging', 'chain')
    await copy(key('staging', 'chain'), 'prod', 'chain')
    await copy(key('prod', 'chain'), 'laptop', 'chain')
    await copy(key('laptop', 'chain'), 'laptop', 'chain-end')
    const hops = async () =>
      (await gateway.data(mutations.lineage, key('laptop', 'chain-end').key)).modelVersion.lineage
    const whole = [
      { uri: 'models:/chain/1', registry: 'laptop', broken: false },
      { uri: 'models://prod/chain/1', registry: 'prod', broken: false },
      { uri: 'models://staging/chain/1', registry: 'staging', broken: false },
      { uri: 'models://dev/churn/1', registry: 'dev', broken: false },
    ]
    expect(await hops()).toEqual(whole)
    await gateway.data(mutations.deleteModel, {
      input: { model: { key: { registry: 'staging', name: 'chain' } } },
    })
    await gateway.data(mutations.renameModel, {
      input: { model: { key: { registry: 'prod', name: 'chain' } }, newName: 'renamed' },
    })
    expect(await hops()).toEqual(
      whole.map((hop) => ({ ...hop, broken: ['prod', 'staging'].includes(hop.registry) })),
    )
  })

  it('finds copies by their source in every registry', async () => {
    await copy(key('dev', 'churn'), 'laptop', 'by source')
    const where = { source: { eq: 'models://dev/churn/1' }, model: { eq: 'by source' } }
    const query = `query ($where: ModelVersionFilter) { modelVersions(where: $where) { nodes { modelName } } }`
    expect((await gateway.data(query, { where })).modelVersions.nodes).toEqual([{ modelName: 'by source' }])
    const not = { not: where, model: { eq: 'by source' } }
    expect((await gateway.data(query, { where: not })).modelVersions.nodes).toEqual([])
  })

  it('answers the same to the same key, and leaves one version', async () => {
    const more = { artifacts: 'COPY', idempotencyKey: 'once' }
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => copy(key('dev', 'churn'), 'staging', 'once', more)),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ createdModel: true, modelVersion: { version: '1' } })
    const { model } = await gateway.data(mutations.load, { registry: 'staging', name: 'once' })
    expect(model.versions.nodes).toHaveLength(1)
    expect(await refuse(key('dev', 'churn'), 'staging', 'twice', more)).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  it('leaves no version, no model and no file when the files are gone', async () => {
    const source = pathToFileURL(join(folder, 'dev', 'nothing here')).href
    await gateway.data(mutations.createVersion, {
      input: { model: { key: { registry: 'dev', name: 'broken' } }, createModel: true, source },
    })
    const before = listFiles(join(folder, 'prod'))
    expect(await refuse(key('dev', 'broken'), 'prod', 'half', { artifacts: 'COPY' })).toMatchObject({
      code: 'UNSUPPORTED',
      registry: 'dev',
    })
    expect(await exists('prod', 'half')).toBe(false)
    expect(listFiles(join(folder, 'prod'))).toEqual(before)
  })

  it.each([
    [
      'a registry without a place for files',
      'laptop',
      { artifacts: 'COPY' },
      { code: 'UNSUPPORTED', registry: 'laptop' },
    ],
    ['a read-only registry', 'locked', {}, { code: 'UNSUPPORTED', registry: 'locked' }],
    ['an unknown registry', 'none', {}, { code: 'BAD_USER_INPUT', field: 'destination' }],
  ])('refuses %s as the destination', async (_, registry, more, error) => {
    expect(await refuse(key('dev', 'churn'), registry, 'new', more)).toMatchObject(error)
    if (registry !== 'none') expect(await exists(registry, 'new')).toBe(false)
  })
})

function listFiles(root: string): string[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).toSorted()
}

/** As docs/writing.md says. */
function manifestDigest(): string {
  const lines = Object.entries(files)
    .map(([path, content]) => [
      path,
      createHash('sha256').update(content).digest('hex'),
      Buffer.byteLength(content),
    ])
    .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
    .map(([path, digest, size]) => `${digest} ${size} ${JSON.stringify(path)}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
