import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Logger } from '../../src/contract/index.ts'
import type { AnyJson } from '../environment/any-json.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

interface Line {
  readonly level: string
  readonly message: string
  readonly details: AnyJson
}

let lines: Line[] = []
const note = (level: string) => (details: object, message: string) =>
  void lines.push({ level, message, details })
const log: Logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }

const config = {
  environments: ['dev'],
  registries: [
    { name: 'one', adapter: 'local', environment: 'dev' },
    { name: 'two', adapter: 'local', environment: 'dev' },
  ],
}

let gateway: OpenGateway

beforeAll(async () => {
  gateway = await openGateway(config, { log, logRequests: true })
})
afterAll(() => gateway.close())
beforeEach(() => {
  lines = []
})

const model = { key: { registry: 'one', name: 'm' } }

/** What is said of a write, without the request's id. */
async function written(mutation: string, input: object): Promise<object> {
  lines = []
  await gateway.data(mutation, { input })
  const [line, ...more] = lines.filter(({ message }) => message === 'written')
  expect(more).toEqual([])
  expect(line?.level).toBe('info')
  const { requestId, ...facts } = line?.details ?? {}
  expect(requestId).toMatch(/./)
  return facts
}

describe('the line of a write', () => {
  it('says what was done, by whom, in names', async () => {
    const create = 'mutation ($input: CreateModelInput!) { createModel(input: $input) { model { id } } }'
    const wish = { registry: 'one', name: 'm', tags: [{ key: 'team', value: 'secret' }], idempotencyKey: 'k' }
    const made = { caller: null, operation: 'createModel', registry: 'one', model: 'm', tagKeys: ['team'] }
    expect(await written(create, wish)).toEqual({ ...made, isReplay: false })
    expect(await written(create, wish)).toEqual({ ...made, isReplay: true })

    const version =
      'mutation ($input: CreateModelVersionInput!) { createModelVersion(input: $input) { modelVersion { id } } }'
    const tags = [{ key: 'gate', value: 'secret' }]
    const versionWish = { model, source: 's3://user:password@bucket/1', tags }
    for (const number of ['1', '2']) {
      expect(await written(version, versionWish)).toEqual({
        ...{ caller: null, operation: 'createModelVersion', registry: 'one', model: 'm', version: number },
        ...{ createdModel: false, tagKeys: ['gate'], isReplay: false },
      })
    }
  })

  it('says from where to where an alias went', async () => {
    const set = 'mutation ($input: SetAliasInput!) { setAlias(input: $input) { previousVersion } }'
    const said = { caller: null, operation: 'setAlias', registry: 'one', model: 'm' }
    const first = await written(set, { model, alias: 'champion', version: '1' })
    expect(first).toEqual({ ...said, alias: { name: 'champion', from: null, to: '1' } })
    const second = await written(set, { model, alias: 'champion', version: '2' })
    expect(second).toEqual({ ...said, alias: { name: 'champion', from: '1', to: '2' } })
    const remove = 'mutation ($input: DeleteAliasInput!) { deleteAlias(input: $input) { previousVersion } }'
    const third = await written(remove, { model, alias: 'champion' })
    expect(third).toEqual({
      ...said,
      operation: 'deleteAlias',
      alias: { name: 'champion', from: '2', to: null },
    })
  })

  it('says from where to where a version went, and whom it sent away', async () => {
    const move =
      'mutation ($input: TransitionStageInput!) { transitionStage(input: $input) { archived { version } } }'
    const to = (version: string) => ({
      version: { key: { registry: 'one', model: 'm', version } },
      stage: 'Production',
      archiveExisting: true,
      comment: 'why',
    })
    await written(move, to('1'))
    expect(await written(move, to('2'))).toEqual({
      ...{ caller: null, operation: 'transitionStage', registry: 'one', model: 'm', version: '2' },
      ...{ stage: { from: 'None', to: 'Production' }, archived: ['1'], comment: 'why' },
    })
    const assign =
      'mutation ($input: AssignAliasToStageInput!) { assignAliasToStage(input: $input) { previousVersion } }'
    expect(await written(assign, { model, stage: 'Production', alias: 'live' })).toEqual({
      ...{ caller: null, operation: 'assignAliasToStage', registry: 'one', model: 'm' },
      alias: { name: 'live', from: null, to: '2' },
    })
  })

  it('names the keys of tags and never their values, and what a copy is of', async () => {
    const tag =
      'mutation ($input: SetModelVersionTagsInput!) { setModelVersionTags(input: $input) { modelVersion { id } } }'
    const version = { key: { registry: 'one', model: 'm', version: '2' } }
    expect(await written(tag, { version, tags: [{ key: 'note', value: 'secret' }] })).toEqual({
      ...{ caller: null, operation: 'setModelVersionTags', registry: 'one', model: 'm', version: '2' },
      tagKeys: ['note'],
    })
    const copy =
      'mutation ($input: CopyModelVersionInput!) { copyModelVersion(input: $input) { createdModel } }'
    const source = { alias: { registry: 'one', model: 'm', alias: 'live' } }
    const tags = [{ key: 'approved', value: 'secret' }]
    expect(await written(copy, { source, destination: { registry: 'two', name: 'n' }, tags })).toEqual({
      ...{ caller: null, operation: 'copyModelVersion', registry: 'two', model: 'n', version: '1' },
      ...{ copyOf: 'models://one/m@live', createdModel: true, tagKeys: ['approved'], isReplay: false },
    })
    expect(JSON.stringify(lines)).not.toContain('secret')
  })

  it('names what was deleted', async () => {
    const remove = 'mutation ($input: DeleteModelInput!) { deleteModel(input: $input) { deletedId } }'
    expect(await written(remove, { model: { key: { registry: 'two', name: 'n' } } })).toEqual({
      ...{ caller: null, operation: 'deleteModel', registry: 'two', model: 'n' },
    })
  })
})

describe('the line of a request', () => {
  const answered = (level: string) =>
    lines.filter((line) => line.message === 'answered' && line.level === level)

  it('says which operation, how long it took, whom it asked, and the first code', async () => {
    await gateway.ask('query Find { model(registry: "one", name: "m") { name } }')
    await gateway.ask('query Wrong { registry(name: "none") { name } }')
    const [found, wrong] = answered('info').map(({ details }) => details)
    expect(found).toMatchObject({ operation: 'Find', kind: 'query', registries: ['one'], code: null })
    expect(Number.isInteger(found.ms)).toBe(true)
    expect(wrong).toMatchObject({ operation: 'Wrong', registries: [], code: 'BAD_USER_INPUT' })
  })

  it.each([
    ['a body that is no JSON', { body: '{"qu' }, 400, 'BAD_REQUEST'],
    ['a body without a query', { body: '{}' }, 400, 'BAD_REQUEST'],
    ['another media type', { body: 'a', headers: { 'content-type': 'text/plain' } }, 415, 'BAD_REQUEST'],
    ['a body that is too large', { body: JSON.stringify('a'.repeat(2_000_000)) }, 413, 'BAD_REQUEST'],
    [
      'a deadline that is none',
      {
        body: '{"query":"{ __typename }"}',
        headers: { 'content-type': 'application/json', 'modelgate-deadline-ms': 'soon' },
      },
      400,
      'BAD_USER_INPUT',
    ],
    ['another method', { method: 'PUT', body: '{"query":"{ __typename }"}' }, 405, 'BAD_REQUEST'],
  ] as const)('is there once for %s, too', async (_, request, status, code) => {
    const headers = { 'content-type': 'application/json', 'x-request-id': 'mine' }
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      ...request,
      headers: { ...headers, ...('headers' in request && request.headers) },
    })
    await response.arrayBuffer()
    expect(response.status).toBe(status)
    expect(answered('info').map(({ details }) => details)).toMatchObject([
      { requestId: 'mine', operation: null, registries: [], code },
    ])
  })

  it('stands at debug where nobody asked for it', async () => {
    const quiet = await openGateway(config, { log })
    lines = []
    await quiet.ask('query Find { registries { name } }')
    await quiet.close()
    expect(answered('info')).toEqual([])
    expect(answered('debug')).toHaveLength(1)
  })
})
