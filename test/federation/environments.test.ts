import { describe, expect, it } from 'vitest'
import { listModels, listVersions } from '../../src/federation/list/over-registries.ts'
import { Environments } from '../../src/federation/session/environments.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { StoredRegistry } from './doubles/stored-registry.ts'

const rules = [
  { registry: 'dev', name: 'dev.{name}' },
  { registry: 'main', name: '{environment}.{name}' },
  { registry: '*', name: '{name}' },
]

describe('the environment of a model', () => {
  const environments = new Environments(['dev', 'staging', 'prod'], rules)
  const main = { name: 'main', environment: null }

  it.each([
    ['prod.ml_team.revenue', 'prod'],
    ['staging.x', 'staging'],
    ['prod', null],
    ['production.x', null],
    ['other.x', null],
  ])('%s by prefix is %s', (model, expected) => {
    expect(environments.ofModel(main, model, [])).toBe(expected)
  })

  it('is its registry’s where no rule names one', () => {
    expect(environments.ofModel({ name: 'dev', environment: 'dev' }, 'dev.x', [])).toBe('dev')
    expect(environments.ofModel({ name: 'elsewhere', environment: 'prod' }, 'dev.x', [])).toBe('prod')
  })
})

it('selects registries that may hold an environment, and of those only the models that are in it', async () => {
  const main = new StoredRegistry()
  const dev = new StoredRegistry()
  for (const name of ['dev.a', 'prod.a', 'staging.b', 'loose']) main.addModel(name)
  dev.addModel('only-dev')
  const federation = openFederation(
    { main, dev },
    { environments: ['dev', 'staging', 'prod'], rules, environmentOf: { main: null, dev: 'dev' } },
  )
  const listed = async (environments: string[]) => {
    const list = await listModels(openSession(federation), { ...modelRequest, environments })
    return {
      names: list.nodes.map(({ name }) => name),
      asked: list.sources.map(({ registry }) => registry.name),
    }
  }
  expect(await listed(['prod'])).toEqual({ names: ['prod.a'], asked: ['main'] })
  expect(await listed(['dev'])).toEqual({ names: ['dev.a', 'only-dev'], asked: ['main', 'dev'] })
  expect(await listed([])).toEqual({ names: [], asked: [] })
  await expect(listed(['nowhere'])).rejects.toMatchObject({ field: 'environments' })
})

describe('where a tag says who a model is', () => {
  const byTag = [
    { registry: 'm*', tag: 'business-name' },
    { registry: '*', name: '{environment}.{name}' },
  ]
  const tags = [{ key: 'business-name', value: 'churn' }]

  it('its registry says which environment it is in', () => {
    const environments = new Environments(['dev', 'prod'], byTag)
    const main = { name: 'main', environment: 'dev' }
    expect(environments.ofModel(main, 'prod.x', [])).toBe('prod')
    expect(environments.ofModel(main, 'prod.x', tags)).toBe('dev')
    expect(environments.byName(main, 'prod.x')).toBeNull()
    expect(environments.byName(main, 'dev.x')).toEqual({ environment: 'dev' })
    expect(environments.byName(main, 'x')).toEqual({ environment: 'dev' })
    // A registry without an environment has none to give.
    expect(environments.ofModel({ name: 'mixed', environment: null }, 'prod.x', tags)).toBe('prod')
    expect(environments.byName({ name: 'other', environment: 'dev' }, 'prod.x')).toEqual({
      environment: 'prod',
    })
  })

  it('lists of models and of versions look at it', async () => {
    const main = new StoredRegistry()
    main.addModel('prod.plain')
    main.addModel('prod.tagged', { tags })
    main.addModel('own')
    for (const { name } of main.models) main.addVersion(name, '1')
    const federation = openFederation(
      { main },
      { environments: ['dev', 'prod'], rules: byTag, environmentOf: { main: 'dev' } },
    )
    const listed = async (environment: string) => {
      const request = { ...modelRequest, environments: [environment] }
      const models = await listModels(openSession(federation), request)
      const versions = await listVersions(openSession(federation), { ...request, filter: null, order: null })
      expect(versions.nodes.map(({ modelName }) => modelName)).toEqual(models.nodes.map(({ name }) => name))
      return models.nodes.map(({ name }) => name)
    }
    expect(await listed('dev')).toEqual(['own', 'prod.tagged'])
    expect(await listed('prod')).toEqual(['prod.plain'])
  })
})
