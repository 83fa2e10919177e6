import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AnyJson } from '../environment/any-json.ts'
import { type GuardedGateway, openGuardedGateway } from './open-gateway.ts'

const config = {
  registries: [{ name: 'lab', adapter: 'local', environment: 'dev' }],
  auth: { proxy: { user: 'x-user', groups: 'x-groups', from: ['127.0.0.1/32'] } },
  administrators: ['user:root'],
  permissions: {
    default: 'NO_PERMISSIONS',
    grants: [{ principal: 'user:ann', registry: 'lab', model: 'fraud*', permission: 'EDIT' }],
  },
}

async function ask(gateway: GuardedGateway, user: string, query: string) {
  const response = await gateway.ask({ 'x-user': user }, query)
  const { data, errors } = (await response.json()) as { data: AnyJson; errors?: unknown }
  expect(errors).toBeUndefined()
  return data
}

const keyOf = (name: string) => `{ key: { registry: "lab", name: ${JSON.stringify(name)} } }`
const make = (name: string) =>
  `mutation { createModel(input: { registry: "lab", name: "${name}" }) { model { id } } }`
const tag = (name: string, value: string) =>
  `mutation { setModelTags(input: { model: ${keyOf(name)}, tags: [{ key: "codename", value: "${value}" }] }) { model { id } } }`
const grant = (name: string, principal: string) =>
  `mutation { setPermission(input: { registry: "lab", model: "${name}", principal: "${principal}", permission: READ }) { grant { model } } }`
const told = '{ changes(first: 100) { nodes { id kind model key before after } } }'

describe('events are told', () => {
  it('of the model that one has made, and not of an earlier one of its name', async () => {
    const gateway = await openGuardedGateway(config)
    await ask(gateway, 'root', make('plan'))
    await ask(gateway, 'root', tag('plan', 'hush'))
    const version =
      'mutation { createModelVersion(input: { model: { key: { registry: "lab", name: "plan" } }, source: "s3://b/x" }) { modelVersion { id } } }'
    await ask(gateway, 'root', version)
    const alias = `mutation { setAlias(input: { model: ${keyOf('plan')}, alias: "live", version: "1" }) { alias { name } } }`
    await ask(gateway, 'root', alias)
    const held = new Date().toISOString()
    const earlier = (await ask(gateway, 'root', told)).changes.nodes.map(({ id }: { id: string }) => id)
    await ask(gateway, 'root', `mutation { deleteModel(input: { model: ${keyOf('plan')} }) { deletedId } }`)
    await ask(gateway, 'bob', make('plan'))
    await ask(gateway, 'bob', tag('plan', 'mine'))
    const kinds = [{ kind: 'MODEL_CREATED' }, { kind: 'TAG_SET', after: 'mine' }]
    expect((await ask(gateway, 'bob', told)).changes.nodes).toMatchObject(kinds)
    const below = `{
      model(registry: "lab", name: "plan") {
        events(first: 100) { nodes { kind after } }
        aliasAt(name: "live", at: "${held}") { versionNumber }
      }
      nodes(ids: ${JSON.stringify(earlier)}) { id }
    }`
    const { model, nodes } = await ask(gateway, 'bob', below)
    expect(model.events.nodes).toMatchObject(kinds)
    expect(model.aliasAt?.versionNumber ?? null).toBeNull()
    expect(nodes).toEqual(earlier.map(() => null))
    const all = (await ask(gateway, 'root', told)).changes.nodes
    expect(all.filter(({ kind }: { kind: string }) => kind === 'TAG_SET')).toHaveLength(2)
  })

  it('of who may do what to those alone who may change it, and of no name that is hidden', async () => {
    const gateway = await openGuardedGateway(config)
    await ask(gateway, 'root', make('hidden'))
    const rename = `mutation { renameModel(input: { model: ${keyOf('hidden')}, newName: "fraud-eu" }) { model { id } } }`
    await ask(gateway, 'root', rename)
    await ask(gateway, 'root', grant('fraud-eu', 'user:eve'))
    await ask(gateway, 'root', grant('fraud*', 'user:mallory'))
    const ofAnn = (await ask(gateway, 'ann', told)).changes.nodes
    expect(ofAnn).toMatchObject([{ kind: 'MODEL_RENAMED', model: 'fraud-eu', before: null }])
    const ofRoot = (await ask(gateway, 'root', told)).changes.nodes
    expect(ofRoot.filter(({ kind }: { kind: string }) => kind === 'PERMISSION_CHANGED')).toHaveLength(2)
    expect(ofRoot).toContainEqual(expect.objectContaining({ kind: 'MODEL_RENAMED', before: 'hidden' }))
  })

  it('by ids and cursors that count nothing, the same on every gateway and after a restart', async () => {
    const database = { url: `sqlite:${join(mkdtempSync(join(tmpdir(), 'modelgate-told-')), 'state.db')}` }
    const one = await openGuardedGateway({ ...config, database })
    await ask(one, 'ann', make('fraud-a'))
    await ask(one, 'root', make('hidden'))
    await ask(one, 'ann', make('fraud-b'))
    const query = '{ changes(first: 100) { nodes { id cursor model } edges { cursor } } }'
    const { nodes, edges } = (await ask(one, 'ann', query)).changes
    expect(nodes).toMatchObject([{ model: 'fraud-a' }, { model: 'fraud-b' }])
    const [first, second] = nodes
    expect(edges).toEqual([{ cursor: first.cursor }, { cursor: second.cursor }])
    for (const text of [first, second].flatMap(({ id, cursor }) => [id, cursor])) {
      expect(Buffer.from(text, 'base64url').toString('latin1')).not.toMatch(/\["?\d+"?\]|"\d+"/)
    }

    await one.close()
    const other = await openGuardedGateway({ ...config, database })
    expect((await ask(other, 'ann', query)).changes.nodes).toEqual(nodes)
    const after = `{ changes(since: "${first.cursor}", first: 100) { nodes { id } } }`
    expect((await ask(other, 'ann', after)).changes.nodes).toEqual([{ id: second.id }])
    const guessed = ['2', '3'].flatMap((seq) => [
      Buffer.from(JSON.stringify(['Event', seq])).toString('base64url'),
      Buffer.from(JSON.stringify(['Event', 'lab', seq])).toString('base64url'),
    ])
    const altered = second.id.replace(/.{4}$/, (end: string) => [...end].toReversed().join(''))
    const ids = JSON.stringify([second.id, ...guessed, altered])
    const found = (await ask(other, 'root', `{ nodes(ids: ${ids}) { id } }`)).nodes
    expect(found).toEqual([{ id: second.id }, null, null, null, null, null])
  })
})
