import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { AnyJson } from '../environment/any-json.ts'
import { type AzureDouble, startAzureDouble } from './azure-double.ts'
import { modelUri, readAll, request, scopeClient } from './double-client.ts'
import { createToken } from './principal.ts'

let double: AzureDouble
const opened: AzureDouble[] = []
beforeEach(async () => {
  double = await startAzureDouble()
  opened.push(double)
})
afterAll(() => Promise.all(opened.map((each) => each.close())))

const workspace = (name = 'w') => scopeClient(double, `workspaces/${name}`)
const names = (rows: AnyJson[]) => rows.map(({ name }) => name)

describe('versions', () => {
  it('are created once and updated after that', async () => {
    const first = await workspace().putVersion('m', '1', { tags: { a: '1', b: null }, stage: 'Staging' })
    expect(first.status).toBe(201)
    expect(first.headers.get('location')).toBe(
      `${double.url}${workspace().path}/models/m/versions/1?api-version=2024-04-01`,
    )
    const second = await workspace().putVersion('m', '1', { tags: { c: '' } })
    expect(second.status).toBe(200)
    expect(second.headers.get('location')).toBeNull()
    expect(second.body.properties.tags).toEqual({ c: '' })
    expect(second.body.systemData.createdAt).toBe(first.body.systemData.createdAt)
    expect(second.body.systemData.lastModifiedAt > first.body.systemData.lastModifiedAt).toBe(true)
  })

  it('make their container, which counts', async () => {
    expect((await workspace().send('GET', 'models/m')).status).toBe(404)
    await workspace().putVersion('m', '3')
    await workspace().putVersion('m', 'beta')
    const { properties } = (await workspace().send('GET', 'models/m')).body
    expect(properties).toMatchObject({ latestVersion: 'beta', nextVersion: '4', isArchived: false })
  })

  it('keep the address of their files', async () => {
    await workspace().putVersion('m', '1')
    const changed = await workspace().putVersion('m', '1', { modelUri: `${modelUri}/other` })
    // Which status Azure gives is not known.
    expect(changed.body.error.message).toBe('Asset paths cannot be updated.')
    const otherCase = modelUri.replace('resourceGroups', 'resourcegroups')
    expect((await workspace().putVersion('m', '1', { modelUri: otherCase })).status).toBe(200)
  })

  it('are told apart by case, models too', async () => {
    await workspace().putVersion('m', 'a')
    expect((await workspace().putVersion('m', 'A')).status).toBe(201)
    expect((await workspace().putVersion('M', 'a')).status).toBe(201)
  })

  it('go away for good', async () => {
    await workspace().putVersion('m', '1')
    expect((await workspace().send('DELETE', 'models/m/versions/1')).status).toBe(200)
    expect((await workspace().send('DELETE', 'models/m/versions/1')).status).toBe(204)
    expect((await workspace().send('GET', 'models/m/versions/1')).body.error.details[0].code).toBe(
      'NoSuchModelRegistered',
    )
  })

  it('say who wrote them', async () => {
    const token = createToken({ oid: 'program', exp: Date.now() })
    const options = { token, body: { properties: { modelUri } } }
    const { systemData } = (await workspace().send('PUT', 'models/m/versions/1', options)).body
    expect(systemData).toMatchObject({ createdBy: 'program', createdByType: 'Application' })
  })
})

describe('lists', () => {
  it('go on with their link: containers from the oldest, versions from the newest', async () => {
    double.set({ pageSize: 2 })
    for (const name of ['c', 'a', 'b', 'e', 'd']) await workspace().putVersion(name, '1')
    for (const version of ['2', '3', '10']) await workspace().putVersion('a', version)
    const containers = await workspace().send('GET', 'models?listViewType=ActiveOnly')
    expect(names(containers.body.value)).toEqual(['c', 'a'])
    expect(new URL(containers.body.nextLink).searchParams.get('listViewType')).toBe('ActiveOnly')
    expect(names(await readAll(double, containers))).toEqual(['c', 'a', 'b', 'e', 'd'])
    const versions = await workspace().send('GET', 'models/a/versions')
    expect(names(await readAll(double, versions))).toEqual(['10', '3', '2', '1'])
    expect('nextLink' in (await workspace().send('GET', 'models/b/versions')).body).toBe(false)
  })

  it('take $top as the size of a page, and the order asked for', async () => {
    for (const version of ['1', '2', '3']) await workspace().putVersion('m', version)
    const first = await workspace().send('GET', 'models/m/versions?$orderBy=createdtime%20asc&$top=1')
    expect(first.body.value).toHaveLength(1)
    expect(first.body.nextLink).toContain('$orderBy=createdtime+asc&$top=1&')
    expect(first.body.nextLink).toMatch(/\$skipToken=[\w%]{1000,}$/)
    expect(names(await readAll(double, first))).toEqual(['1', '2', '3'])
  })

  it('follow a link whose token went through another encoder, and under the name of the spec', async () => {
    for (const version of ['1', '2', '3']) await workspace().putVersion('m', version)
    const { nextLink } = (await workspace().send('GET', 'models/m/versions?$top=2')).body
    const upper = nextLink.replace(/%[0-9a-f]{2}/g, (code: string) => code.toUpperCase())
    const renamed = nextLink.replace('$skipToken', '%24skip')
    for (const link of [upper, renamed])
      expect(names((await request(double, 'GET', link)).body.value)).toEqual(['1'])
  })

  it('hide what is archived unless asked', async () => {
    await workspace().putVersion('m', '1', { isArchived: true })
    await workspace().putVersion('m', '2')
    await workspace().send('PUT', 'models/gone', { body: { properties: { isArchived: true } } })
    const versions = async (view: string) =>
      names((await workspace().send('GET', `models/m/versions?listViewType=${view}`)).body.value)
    expect(await versions('ActiveOnly')).toEqual(['2'])
    expect(await versions('ArchivedOnly')).toEqual(['1'])
    expect(await versions('All')).toEqual(['2', '1'])
    expect(names((await workspace().send('GET', 'models')).body.value)).toEqual(['m'])
    expect((await workspace().send('GET', 'models/gone')).status).toBe(200)
  })

  it('choose by version, and by stage where an api-version has that', async () => {
    await workspace().putVersion('m', '1', { stage: 'Production' })
    await workspace().putVersion('m', '2')
    expect(names((await workspace().send('GET', 'models/m/versions?version=1')).body.value)).toEqual(['1'])
    const preview = scopeClient(double, 'workspaces/w', '2023-08-01-preview')
    expect(names((await preview.send('GET', 'models/m/versions?stage=Production')).body.value)).toEqual(['1'])
    expect(names((await workspace().send('GET', 'models/m/versions?stage=Production')).body.value)).toEqual([
      '2',
      '1',
    ])
  })
})

describe('scopes', () => {
  it('are kept apart, and compared without regard to case', async () => {
    await workspace('one').putVersion('m', '1')
    await scopeClient(double, 'registries/one').putVersion('m', '2')
    expect((await workspace('two').send('GET', 'models')).body.value).toEqual([])
    expect(names((await workspace('ONE').send('GET', 'models/m/versions')).body.value)).toEqual(['1'])
    const otherGroup = workspace('one')
      .path.replace('/g/', '/other/')
      .replace('resourceGroups', 'resourcegroups')
    expect((await request(double, 'GET', `${otherGroup}/models?api-version=2024-04-01`)).body.value).toEqual(
      [],
    )
  })

  it('have a workspace, datastores and jobs', async () => {
    expect((await workspace().send('GET', '')).body.properties.workspaceId).toMatch(/^[0-9a-f-]{36}$/)
    expect((await workspace().send('GET', 'datastores?isDefault=true')).body.value).toHaveLength(1)
    expect((await workspace().send('GET', 'jobs/run')).status).toBe(404)
    const body = { properties: { jobType: 'Command', experimentName: 'e' } }
    expect((await workspace().send('PUT', 'jobs/run', { body })).status).toBe(201)
    expect((await workspace().send('GET', 'jobs/run')).body).toMatchObject({ name: 'run', ...body })
  })
})

describe('requests that are refused', () => {
  it.each([['-bad'], ['with.dot'], ['x'.repeat(256)]])('a container named %.10s', async (name) => {
    expect((await workspace().putVersion(name, '1')).status).toBe(400)
  })

  it('without a token, or with one that has expired', async () => {
    const without = await workspace().send('GET', 'models', { token: null })
    expect(without.status).toBe(401)
    expect(without.headers.get('www-authenticate')).toContain('error="invalid_token"')
    const expired = await workspace().send('GET', 'models', { token: createToken({ oid: 'x', exp: 1 }) })
    expect(expired.body.error.code).toBe('ExpiredAuthenticationToken')
  })

  it('without an api-version, or with one that has no such route', async () => {
    const none = await request(double, 'GET', `${workspace().path}/models`)
    expect([none.status, none.body.error.code]).toEqual([400, 'MissingApiVersionParameter'])
    const old = scopeClient(double, 'registries/r', '2022-10-01')
    expect((await old.send('GET', 'models')).body.error.code).toBe('NoRegisteredProviderFound')
  })

  it('with PATCH, broken JSON or a tag that is no text', async () => {
    expect((await workspace().send('PATCH', 'models/m', { body: {} })).status).toBe(405)
    expect((await workspace().send('PUT', 'models/m', { body: '{' })).status).toBe(400)
    expect((await workspace().putVersion('m', '1', { tags: { a: 1 } })).status).toBe(400)
    expect((await workspace().send('GET', 'models/m')).status).toBe(404)
  })
})
