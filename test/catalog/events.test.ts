import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EventLog } from '../../src/state/catalog/event-log.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import type { OpenGateway } from '../gateway/open-gateway.ts'
import { type LocalStore, openSyncedLocal, type SyncedLocal } from './synced-local.ts'

const model = 'model: { key: { registry: "dev", name: "churn" } }'
const version = (number: number) =>
  `version: { key: { registry: "dev", model: "churn", version: "${number}" } }`
const setChampion = (number: number) =>
  `mutation { setAlias(input: { ${model}, alias: "champion", version: "${number}" }) { alias { assignedAt } } }`
const fields = 'kind registry model version key before after certainty at notBefore cursor'

describe('events', () => {
  let opened: SyncedLocal | undefined
  let gateway: OpenGateway
  let database: GatewayDatabase
  let store: LocalStore

  beforeAll(async () => {
    opened = await openSyncedLocal('1s', async (store) => {
      await store.models.create({ name: 'churn', description: 'Before.' })
      for (let count = 0; count < 3; count++)
        await store.versions.create({ model: 'churn', source: 's3://b/x' })
    })
    ;({ gateway, database, store } = opened)
  }, 30_000)
  afterAll(() => opened?.close())

  const changes = async (given = '') =>
    (await gateway.data(`{ changes${given} { nodes { ${fields} } pageInfo { endCursor hasNextPage } } }`))
      .changes
  const heldAt = async (at: Date) =>
    (
      await gateway.data(
        'query ($at: DateTime!) { model(registry: "dev", name: "churn") { aliasAt(name: "champion", at: $at) { versionNumber certainty notBefore notAfter } } }',
        { at },
      )
    ).model.aliasAt

  it('are none of what the first sweep finds', async () => {
    expect((await changes()).nodes).toEqual([])
    expect(await heldAt(new Date(Date.now() + 1000))).toMatchObject({
      versionNumber: null,
      certainty: 'OBSERVED',
    })
    expect(await heldAt(new Date(0))).toBeNull()
  })

  it('of writes tell what was before and after, and are there when the mutation answers', async () => {
    await gateway.data(setChampion(1))
    const first = new Date()
    await wait(5)
    await gateway.data(setChampion(2))
    await gateway.data(`mutation { updateModel(input: { ${model}, description: "" }) { model { name } } }`)
    await gateway.data(
      `mutation { setModelVersionTags(input: { ${version(2)}, tags: [{ key: "k", value: "v" }] }) { modelVersion { version } } }`,
    )
    await gateway.data(
      `mutation { transitionStage(input: { ${version(2)}, stage: "production", comment: "Good." }) { modelVersion { version } } }`,
    )
    const { nodes } = await changes()
    const shared = { registry: 'dev', model: 'churn', certainty: 'RECORDED', notBefore: null }
    expect(nodes).toMatchObject([
      { ...shared, kind: 'ALIAS_SET', key: 'champion', version: '1', before: null, after: '1' },
      { ...shared, kind: 'ALIAS_SET', key: 'champion', version: '2', before: '1', after: '2' },
      { ...shared, kind: 'MODEL_UPDATED', key: 'description', before: 'Before.', after: null },
      { ...shared, kind: 'TAG_SET', key: 'k', version: '2', before: null, after: 'v' },
      { ...shared, kind: 'STAGE_CHANGED', version: '2', before: 'None', after: 'Production' },
    ])
    expect(await heldAt(first)).toMatchObject({ versionNumber: '1', certainty: 'RECORDED' })
    expect(await heldAt(new Date())).toMatchObject({ versionNumber: '2', certainty: 'RECORDED' })
    const { models } = await gateway.data(
      '{ models(read: INDEXED) { nodes { description aliases { name versionNumber assignedAt } events(direction: DESC, first: 1) { nodes { kind comment subject { id } } } } } }',
    )
    expect(models.nodes).toMatchObject([
      {
        description: null,
        aliases: [{ name: 'champion', versionNumber: '2', assignedAt: nodes[1].at }],
        events: { nodes: [{ kind: 'STAGE_CHANGED', comment: 'Good.' }] },
      },
    ])
  })

  it('of what others do have a window that the time lies in', async () => {
    const since = (await changes()).pageInfo.endCursor
    const before = Date.now()
    await store.aliases.set({ model: 'churn', alias: 'champion' }, '3')
    const after = Date.now()
    await expect
      .poll(async () => (await changes(`(since: "${since}")`)).nodes, { timeout: 20_000 })
      .toMatchObject([{ kind: 'ALIAS_SET', certainty: 'OBSERVED', before: '2', after: '3' }])
    const [event] = (await changes(`(since: "${since}")`)).nodes
    // It was done at some moment between the two.
    expect(Date.parse(event.notBefore)).toBeLessThanOrEqual(after)
    expect(Date.parse(event.at)).toBeGreaterThanOrEqual(before)
    // The last look may have come right before it was done.
    const isInWindow = Date.parse(event.notBefore) <= before
    expect(await heldAt(new Date(before))).toMatchObject({
      versionNumber: '2',
      certainty: isInWindow ? 'UNCERTAIN' : 'RECORDED',
    })
    const inWindow = new Date(Math.max(before, Date.parse(event.notBefore)))
    expect(await heldAt(inWindow)).toMatchObject({ versionNumber: '2', certainty: 'UNCERTAIN' })
    expect(await heldAt(new Date(event.at))).toMatchObject({ versionNumber: '3', certainty: 'OBSERVED' })
  })

  it('go on after a cursor under any filter, and an empty page gives it back', async () => {
    const all = (await changes()).nodes
    const rest = await changes(
      `(since: "${all[1].cursor}", where: { kinds: [STAGE_CHANGED, ALIAS_SET], key: { eq: "champion" } })`,
    )
    expect(rest.nodes).toMatchObject([{ after: '3' }])
    const none = await changes(`(since: "${rest.pageInfo.endCursor}")`)
    expect([none.nodes, none.pageInfo.endCursor]).toEqual([[], rest.pageInfo.endCursor])
    const { errors } = await gateway.ask('{ changes(since: "x") { nodes { id } } }')
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'since' } }])
  })

  it('are nodes', async () => {
    const { changes: page } = await gateway.data('{ changes(first: 1) { nodes { id kind } } }')
    const [event] = page.nodes
    expect(await gateway.data(`{ node(id: "${event.id}") { ... on Event { kind } } }`)).toEqual({
      node: { kind: event.kind },
    })
  })

  it('that are too old go from the beginning on, and a cursor from before is refused', async () => {
    const { nodes } = await changes()
    const cut = Date.parse(nodes[3].at)
    await new EventLog(database).cutBefore(cut)
    const left = (await changes()).nodes
    expect(left.length).toBeLessThan(nodes.length)
    expect(left.at(-1)).toEqual(nodes.at(-1))
    const { errors } = await gateway.ask(`{ changes(since: "${nodes[0].cursor}") { nodes { id } } }`)
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'since' } }])
  })
})
