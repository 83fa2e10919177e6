import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { mlflowConfigSchema } from '../../../src/adapters/mlflow/config.ts'
import { MlflowClient } from '../../../src/adapters/mlflow/wire/client.ts'
import { loadServerProfile } from '../../../src/adapters/mlflow/wire/server-profile.ts'
import { closeServer, listenOnLoopback } from '../../environment/loopback-server.ts'
import { newCall } from '../counted-call.ts'

type Answers = Record<string, readonly [status: number, body: string]>

const json = (error_code: string) => JSON.stringify({ error_code, message: 'no' })

/** What is found of a server that answers so, by the end of the path. */
async function profileOf(answers: Answers, configured?: string) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://loopback').pathname
    const [, [status, body] = [404, '<h1>Not Found</h1>']] =
      Object.entries(answers).find(([end]) => path.endsWith(end)) ?? []
    response.writeHead(status).end(body)
  })
  const url = `http://127.0.0.1:${await listenOnLoopback(server)}`
  const client = new MlflowClient(mlflowConfigSchema.parse({ url }), { unavailable() {}, refused() {} })
  try {
    return await loadServerProfile(client, configured, newCall())
  } finally {
    await client.close()
    await closeServer(server)
  }
}

const said = (version: string): Answers => ({ '/version': [200, version] })

describe('the profile of a server', () => {
  it.each([
    ['3.17.2\n', true, true, true],
    ['3.18.0.dev0', true, true, true],
    ['4.0.0', true, true, true],
    ['3.16.1', true, false, true],
    ['2.22.4', true, false, true],
    ['2.9.2', true, false, true],
    ['2.8.0', true, false, false],
    ['2.2.2', false, false, false],
  ])('of %j', async (version, aliases, nameLists, runLists) => {
    expect(await profileOf(said(version))).toMatchObject({
      version: version.trim(),
      aliases,
      nameLists,
      runLists,
      versionNumbers: runLists,
    })
  })

  it('without /version and aliases, which lists models as only 1.x does, is that', async () => {
    expect(await profileOf({ '/list': [200, '{}'], '/search': [200, '{}'] })).toMatchObject({
      version: null,
      aliases: false,
      nameLists: false,
      runLists: false,
    })
  })

  it.each<[string, Answers, boolean]>([
    ['that reads lists', { '/alias': [404, json('RESOURCE_DOES_NOT_EXIST')], '/search': [200, '{}'] }, true],
    [
      'that refuses lists',
      { '/alias': [404, json('RESOURCE_DOES_NOT_EXIST')], '/search': [400, json('INVALID_PARAMETER_VALUE')] },
      false,
    ],
    [
      'whose proxy gives a page for /version',
      { '/version': [200, '<html>'], '/alias': [403, 'Permission denied'], '/search': [200, '{}'] },
      true,
    ],
  ])('of a server %s shows in what it does', async (_, answers, nameLists) => {
    expect(await profileOf(answers)).toMatchObject({
      version: null,
      aliases: true,
      nameLists,
      runLists: false,
    })
  })

  it.each([401, 403])('is the least of all when /version is refused with %i', async (status) => {
    expect(await profileOf({ '/version': [status, 'no'] })).toMatchObject({
      version: null,
      aliases: true,
      nameLists: false,
      runLists: false,
      versionNumbers: false,
    })
  })

  it.each<[string, Answers, string]>([
    ['an error 500', { '/version': [500, 'no'] }, 'REGISTRY_ERROR'],
    ['being away', { '/version': [503, 'no'] }, 'REGISTRY_UNAVAILABLE'],
    ['a proxy that knows no path at all', {}, 'REGISTRY_UNAVAILABLE'],
    ['a proxy that knows a path now and then', { '/search': [200, '{}'] }, 'REGISTRY_UNAVAILABLE'],
    ['an error 500 of a probe', { '/alias': [500, 'no'] }, 'REGISTRY_ERROR'],
  ])('is not guessed after %s', async (_, answers, code) => {
    await expect(profileOf(answers)).rejects.toMatchObject({ code })
  })

  it('is what is configured, without asking', async () => {
    expect(await profileOf({ '/version': [500, 'no'] }, '3.17.2')).toMatchObject({
      version: '3.17.2',
      nameLists: true,
    })
  })
})
