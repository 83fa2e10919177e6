import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLocalStore } from '../../src/adapters/local/store/local-store.ts'
import type { PermissionLevel } from '../../src/federation/records/permission.ts'
import type { Answer } from './open-gateway.ts'
import { boss, nobody, openPermitted, type PermittedGateway, type Who } from './open-permitted.ts'
import { digestOfAll, seedModel } from './permission-matrix.ts'

const ann: Who = { principal: 'user:ann' }
const bob: Who = { principal: 'user:bob', groups: ['group:two'] }

let gateway: PermittedGateway
let numbered = 0
const fresh = (name = 'm') => `${name}-${numbered++}`

beforeAll(async () => {
  const registry = { adapter: 'local', environment: 'prod' }
  gateway = await openPermitted({
    environments: ['prod'],
    registries: [
      { ...registry, name: 'prod' },
      { ...registry, name: 'copies' },
    ],
    auth: { anonymous: 'READ' },
    permissions: {
      default: 'NO_PERMISSIONS',
      grants: [{ principal: 'group:two', registry: 'prod', model: 'twos*', permission: 'EDIT' }],
    },
  })
})
afterAll(() => gateway.close())

const model = (name: string) => ({ key: { registry: 'prod', name } })
const version = (name: string, registry = 'prod') => ({ key: { registry, model: name, version: '1' } })

function mutate(who: Who, field: string, input: object, selection = '__typename'): Promise<Answer> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`
  return gateway.ask(who, `mutation ($input: ${type}) { ${field}(input: $input) { ${selection} } }`, {
    input,
  })
}

const codeOf = ({ errors = [] }: Answer) => errors[0]?.extensions.code ?? null

function grant(name: string, { principal }: Who, permission: PermissionLevel, registry = 'prod') {
  return gateway.permissions.set({ registry, model: name, principal, permission })
}

async function levelOf(who: Who, name: string, registry = 'prod'): Promise<string | null> {
  const query =
    'query ($registry: String!, $name: String!) { model(registry: $registry, name: $name) { viewerPermission } }'
  return (await gateway.data(who, query, { registry, name })).model?.viewerPermission ?? null
}

describe('who makes a model', () => {
  it('may do everything with it from the same answer on, and nobody else sees it', async () => {
    const name = fresh()
    const { data } = await mutate(
      ann,
      'createModel',
      { registry: 'prod', name },
      'model { name viewerPermission }',
    )
    expect(data.createModel.model).toEqual({ name, viewerPermission: 'MANAGE' })
    expect(await levelOf(bob, name)).toBeNull()
    expect(codeOf(await mutate(bob, 'updateModel', { model: model(name), description: 'x' }))).toBe(
      'NOT_FOUND',
    )
  })

  it('may do so whatever it is called', async () => {
    const name = `${fresh()}*`
    await mutate(ann, 'createModel', { registry: 'prod', name })
    await mutate(bob, 'createModel', { registry: 'prod', name: `${name}-of-bob` })
    expect(await levelOf(ann, name)).toBe('MANAGE')
    expect(await levelOf(ann, `${name}-of-bob`)).toBeNull()
  })

  it('also makes it by adding a version, or by a copy', async () => {
    const [added, copied] = [fresh(), fresh()]
    const source = { model: model(added), createModel: true, source: 's3://bucket/m' }
    expect(codeOf(await mutate(ann, 'createModelVersion', source))).toBeNull()
    const destination = { registry: 'copies', name: copied }
    const copy = await mutate(
      ann,
      'copyModelVersion',
      { source: version(added), destination },
      'createdModel modelVersion { model { viewerPermission } }',
    )
    expect(copy.data.copyModelVersion).toEqual({
      createdModel: true,
      modelVersion: { model: { viewerPermission: 'MANAGE' } },
    })
    expect([await levelOf(ann, added), await levelOf(ann, copied, 'copies')]).toEqual(['MANAGE', 'MANAGE'])
    expect([await levelOf(bob, added), await levelOf(bob, copied, 'copies')]).toEqual([null, null])
  })

  it('keeps that when it is renamed, and leaves it to nobody when it is deleted', async () => {
    const [name, newName] = [fresh(), fresh()]
    await mutate(ann, 'createModel', { registry: 'prod', name })
    await grant(name, bob, 'READ')
    const renamed = await mutate(
      ann,
      'renameModel',
      { model: model(name), newName },
      'model { viewerPermission }',
    )
    expect(renamed.data.renameModel.model).toEqual({ viewerPermission: 'MANAGE' })
    expect(await levelOf(bob, newName)).toBe('READ')
    await mutate(bob, 'createModel', { registry: 'prod', name })
    expect(await levelOf(ann, name)).toBeNull()
    expect(codeOf(await mutate(ann, 'deleteModel', { model: model(newName) }))).toBeNull()
    await mutate(bob, 'createModel', { registry: 'prod', name: newName })
    expect([await levelOf(ann, newName), await levelOf(bob, newName)]).toEqual([null, 'MANAGE'])
  })

  it('is told nothing of an earlier one of that name that went away outside', async () => {
    const name = fresh()
    await mutate(ann, 'createModel', { registry: 'prod', name })
    await createLocalStore(gateway.database, 'prod').models.delete(name)
    await mutate(bob, 'createModel', { registry: 'prod', name })
    expect([await levelOf(ann, name), await levelOf(bob, name)]).toEqual([null, 'MANAGE'])
  })

  it('has to be signed in', async () => {
    const before = await digestOfAll(gateway.database)
    const input = { registry: 'prod', name: fresh() }
    const { errors } = await mutate(nobody, 'createModel', input)
    expect(errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', ability: 'make a model', takes: 'SIGNED_IN' } },
    ])
    const source = 's3://bucket/m'
    const making = { model: model(input.name), createModel: true, source }
    expect(codeOf(await mutate(nobody, 'createModelVersion', making))).toBe('FORBIDDEN')
    expect(await digestOfAll(gateway.database)).toBe(before)
  })
})

it('is told that a hidden name is taken, and nothing is written', async () => {
  const [hidden, own] = [fresh(), fresh()]
  await seedModel(gateway.database, 'prod', hidden)
  await mutate(ann, 'createModelVersion', { model: model(own), createModel: true, source: 's3://bucket/m' })
  const before = await digestOfAll(gateway.database)
  const destination = { registry: 'prod', name: hidden }
  const tries = [
    await mutate(ann, 'createModel', destination),
    await mutate(ann, 'createModel', { ...destination, idempotencyKey: hidden }),
    await mutate(ann, 'createModelVersion', {
      model: model(hidden),
      createModel: true,
      source: 's3://bucket/m',
    }),
    await mutate(ann, 'copyModelVersion', { source: version(own), destination }),
    await mutate(ann, 'renameModel', { model: model(own), newName: hidden }),
  ]
  expect(tries.map(codeOf)).toEqual(tries.map(() => 'ALREADY_EXISTS'))
  expect(JSON.stringify(tries)).not.toContain('Secret')
  expect(await digestOfAll(gateway.database)).toBe(before)
})

describe('a copy', () => {
  it('takes READ at its source and EDIT at its destination', async () => {
    const [from, to] = [fresh(), fresh()]
    for (const name of [from, to]) await seedModel(gateway.database, 'prod', name)
    const input = { source: version(from), destination: { registry: 'prod', name: to } }
    await grant(to, ann, 'EDIT')
    expect(codeOf(await mutate(ann, 'copyModelVersion', input))).toBe('NOT_FOUND')
    await grant(from, ann, 'READ')
    await grant(to, ann, 'READ')
    const { errors } = await mutate(ann, 'copyModelVersion', input)
    expect(errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN', ability: 'add a version', takes: 'EDIT' } },
    ])
    await grant(to, ann, 'EDIT')
    expect(codeOf(await mutate(ann, 'copyModelVersion', input))).toBeNull()
  })

  it('of what is hidden fails as one of what is not there', async () => {
    const [hidden, absent] = [fresh('same'), fresh('same')]
    await seedModel(gateway.database, 'prod', hidden)
    const texts = await Promise.all(
      [hidden, absent].flatMap((name) =>
        [
          version(name),
          { alias: { registry: 'prod', model: name, alias: 'champion' } },
          { uri: { uri: `models://prod/${name}/latest` } },
        ].map(async (source) =>
          JSON.stringify(
            await mutate(ann, 'copyModelVersion', { source, destination: { registry: 'prod', name: 'new' } }),
          ).replaceAll(name, 'NAME'),
        ),
      ),
    )
    expect(texts.slice(0, 3)).toEqual(texts.slice(3))
    const sources = [hidden, absent].map(async (name) => {
      const input = { model: model('new'), createModel: true, source: `models:/${name}/1` }
      return JSON.stringify(await mutate(ann, 'createModelVersion', input)).replaceAll(name, 'NAME')
    })
    expect(await sources[0]).toBe(await sources[1])
  })
})

describe('the origin of a copy', () => {
  const query = `query ($name: String!) { modelVersion(registry: "copies", model: $name, version: "1") {
    source copiedFrom { version } run { runId } metrics { key } params { key }
    lineage { uri registry broken version { version } } } }`

  it('that is hidden is answered as one that is gone, also behind another one', async () => {
    const [hidden, gone] = [fresh('origin'), fresh('origin')]
    const texts: string[] = []
    for (const name of [hidden, gone]) {
      await seedModel(gateway.database, 'prod', name)
      const first = { source: version(name), destination: { registry: 'copies', name: `a-${name}` } }
      expect(codeOf(await mutate(boss, 'copyModelVersion', first))).toBeNull()
      const second = {
        source: version(`a-${name}`, 'copies'),
        destination: { registry: 'copies', name: `b-${name}` },
      }
      expect(codeOf(await mutate(boss, 'copyModelVersion', second))).toBeNull()
      for (const copy of ['a', 'b']) await grant(`${copy}-${name}`, ann, 'READ', 'copies')
    }
    await mutate(boss, 'deleteModel', { model: model(gone) })
    for (const name of [hidden, gone])
      for (const copy of ['a', 'b']) {
        const explain = { 'modelgate-explain': '1' }
        const text = await gateway.askText(ann, query, { name: `${copy}-${name}` }, explain)
        texts.push(text.replaceAll(name, 'NAME').replace(/"requestId":"[^"]*","ms":[0-9.]+,/, ''))
      }
    expect(texts.slice(0, 2)).toEqual(texts.slice(2))
    const { modelVersion } = JSON.parse(texts[0] ?? '').data
    expect(modelVersion).toMatchObject({ copiedFrom: null, run: null, metrics: [] })
    expect(modelVersion.lineage).toEqual([
      { uri: 'models://prod/NAME/1', registry: 'prod', broken: true, version: null },
    ])
    const whole = await gateway.data(boss, query, { name: `a-${hidden}` })
    expect(whole.modelVersion).toMatchObject({ copiedFrom: { version: '1' }, metrics: [{ key: 'auc' }] })
  })

  it('that is hidden is no side of a comparison', async () => {
    const [hidden, absent] = [fresh('side'), fresh('side')]
    const own = fresh()
    for (const name of [hidden, own]) await seedModel(gateway.database, 'prod', name)
    await grant(own, ann, 'READ')
    const text = async (name: string) =>
      gateway.askText(
        ann,
        `query ($from: ModelVersionRef!, $to: ModelVersionRef!) { compareVersions(from: $from, to: $to) {
        from { version } to { version } metrics { key } params { key } tags { key } sameArtifact } }`,
        {
          from: version(own),
          to: version(name),
        },
      )
    expect(await text(hidden)).toBe(await text(absent))
  })
})

describe('an answer under a key that was used before', () => {
  it('shows nothing that has been hidden since', async () => {
    const name = fresh()
    const input = { registry: 'prod', name, idempotencyKey: name }
    await mutate(ann, 'createModel', input)
    await gateway.permissions.set({
      registry: 'prod',
      model: name,
      principal: 'user:ann',
      permission: 'NO_PERMISSIONS',
    })
    const { data } = await mutate(ann, 'createModel', input, 'model { name }')
    expect(data.createModel).toEqual({ model: null })
  })

  it('is refused when the permission is gone', async () => {
    const name = fresh()
    await mutate(ann, 'createModel', { registry: 'prod', name })
    const input = { model: model(name), source: 's3://bucket/m', idempotencyKey: name }
    expect(codeOf(await mutate(ann, 'createModelVersion', input))).toBeNull()
    await grant(name, ann, 'READ')
    expect(codeOf(await mutate(ann, 'createModelVersion', input))).toBe('FORBIDDEN')
    await grant(name, ann, 'NO_PERMISSIONS')
    expect(codeOf(await mutate(ann, 'createModelVersion', input))).toBe('NOT_FOUND')
  })
})

describe('a grant', () => {
  const granted = (name: string, who: string, permission = 'READ') => ({
    registry: 'prod',
    model: name,
    principal: who,
    permission,
  })

  it('on one model is made by whoever manages it, and answers what it is and what it was', async () => {
    const name = fresh()
    await mutate(ann, 'createModel', { registry: 'prod', name })
    const selection = 'grant { registry model principal permission }'
    const set = await mutate(ann, 'setPermission', granted(name, 'user:bob'), selection)
    expect(set.data.setPermission.grant).toEqual(granted(name, 'user:bob'))
    expect(await levelOf(bob, name)).toBe('READ')
    expect(codeOf(await mutate(bob, 'setPermission', granted(name, 'user:bob', 'MANAGE')))).toBe('FORBIDDEN')
    const { permission, ...key } = granted(name, 'user:bob')
    const removed = await mutate(ann, 'removePermission', key, selection)
    expect(removed.data.removePermission.grant).toEqual({ ...key, permission })
    expect(await levelOf(bob, name)).toBeNull()
    expect(codeOf(await mutate(ann, 'removePermission', key))).toBe('NOT_FOUND')
  })

  it.each([
    ['of a pattern', { ...granted('m*', 'user:bob'), registry: 'prod' }],
    ['in all registries', { ...granted('m', 'user:bob'), registry: '*' }],
  ])('%s is for administrators', async (_, input) => {
    const before = await digestOfAll(gateway.database)
    const { errors } = await mutate(ann, 'setPermission', input)
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN', takes: 'ADMINISTRATOR' } }])
    expect(await digestOfAll(gateway.database)).toBe(before)
    expect(codeOf(await mutate(boss, 'setPermission', input))).toBeNull()
    const { permission: _level, ...key } = input
    expect(codeOf(await mutate(boss, 'removePermission', key))).toBeNull()
  })

  it('of the configuration says where it stands', async () => {
    const key = { registry: 'prod', model: 'twos*', principal: 'group:two' }
    for (const answer of [
      await mutate(boss, 'setPermission', { ...key, permission: 'READ' }),
      await mutate(boss, 'removePermission', key),
    ]) {
      expect(answer.errors).toMatchObject([{ extensions: { code: 'UNSUPPORTED' } }])
      expect(answer.errors?.[0]?.message).toContain('permissions.grants[0]')
    }
  })

  it.each<[string, object, string]>([
    ['a registry', { registry: 'prd' }, 'registry'],
    ['a principal', { principal: 'bob' }, 'principal'],
    ['a kind of principal', { principal: 'users:bob' }, 'principal'],
    ['a model', { model: '' }, 'model'],
    ['a text', { model: 'a\0b' }, 'model'],
  ])('needs %s', async (_, wrong, field) => {
    const { errors } = await mutate(boss, 'setPermission', { ...granted('m', 'user:bob'), ...wrong })
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }])
  })

  it('is of a model that is there', async () => {
    expect(codeOf(await mutate(boss, 'setPermission', granted(fresh(), 'user:bob')))).toBe('NOT_FOUND')
  })

  it('is seen by who may change it, page by page', async () => {
    const names = Array.from({ length: 5 }, () => fresh('paged'))
    const zoe: Who = { principal: 'user:zoe' }
    for (const name of names) await mutate(zoe, 'createModel', { registry: 'prod', name })
    await grant(names[0] ?? '', bob, 'READ')
    await grant(names[1] ?? '', zoe, 'EDIT')
    const query = `query ($after: String) { permissions(registry: "prod", first: 2, after: $after) {
      nodes { model principal } pageInfo { hasNextPage endCursor } } }`
    const seen: string[] = []
    for (let after = null, goesOn = true; goesOn; ) {
      const { permissions } = await gateway.data(zoe, query, { after })
      seen.push(
        ...permissions.nodes.map(
          ({ model: name, principal }: Record<string, string>) => `${name} ${principal}`,
        ),
      )
      after = permissions.pageInfo.endCursor
      goesOn = permissions.pageInfo.hasNextPage
    }
    const expected = [0, 2, 3, 4].map((index) => `${names[index]} user:zoe`)
    expect(seen).toEqual([`${names[0]} user:bob`, ...expected].toSorted())
    const all = await gateway.data(
      boss,
      '{ permissions(principal: "group:two") { nodes { model permission } } }',
    )
    expect(all.permissions.nodes).toEqual([{ model: 'twos*', permission: 'EDIT' }])
  })
})

it('counts what one sees, and nothing else', async () => {
  const names = Array.from({ length: 6 }, (_, index) => `counted-${index}`)
  for (const name of names) await seedModel(gateway.database, 'prod', name)
  for (const name of names.slice(0, 2)) await grant(name, nobody, 'READ')
  const query = `{ models(where: { name: { startsWith: "counted-" } }) { totalCount nodes { name } edges { cursor } pageInfo { hasNextPage } }
    modelVersions(where: { model: { startsWith: "counted-" } }) { totalCount nodes { modelName } } }`
  const { models, modelVersions } = await gateway.data(nobody, query)
  expect(models).toMatchObject({
    totalCount: 2,
    nodes: names.slice(0, 2).map((name) => ({ name })),
    pageInfo: { hasNextPage: false },
  })
  expect(modelVersions).toMatchObject({ totalCount: 2 })
  expect((await gateway.data(boss, query)).models.totalCount).toBe(6)
})
