import { describe, expect, it } from 'vitest'
import { newCall } from '../../counted-call.ts'
import { storage } from '../open-registry.ts'
import { probesInUse } from './probes-in-use.ts'

const { azure, find, openAltered } = probesInUse()
const modelUri = `${storage}/models/1`

describe('probes that read', () => {
  it('send nothing but GET', async () => {
    await azure.writer.put('models/m/versions/1', { modelUri })
    const adapter = await azure.open()
    azure.double.log.reset()
    for (const probe of adapter.probes?.filter(({ writes }) => !writes) ?? []) await probe.run(newCall())
    const methods = azure.double.log.requests.map(({ method }) => method)
    expect(methods).toEqual(Array(methods.length).fill('GET'))
    expect(methods.length).toBeGreaterThanOrEqual(5)
  })

  it('find the place, or that it need not be looked at', async () => {
    const adapter = await azure.open()
    const title = 'look at the workspace itself'
    expect(await find(adapter, title)).toMatch(/^it is in \w+$/)
    azure.double.set({ faults: [{ kind: 'authorizationFailed' }] })
    expect(await find(adapter, title)).toBe('not permitted, and not needed by the adapter')
    azure.double.set({ faults: [{ kind: 'serviceError' }] })
    await expect(find(adapter, title)).rejects.toMatchObject({ code: 'REGISTRY_ERROR' })
  })

  it.each([
    ['empty', 'an empty list: the adapter takes that and 404'],
    ['notFound', '404: the adapter takes that and an empty list'],
  ] as const)('find that the versions of a missing model are %s', async (versionsOfMissingModel, words) => {
    azure.double.set({ unproven: { versionsOfMissingModel } })
    expect(await find(await azure.open(), 'list the versions of a model that is not there')).toBe(words)
  })

  it('find whether a page of 100 versions is granted', async () => {
    const title = 'ask for 100 versions on a page'
    const adapter = await azure.open()
    expect(await find(adapter, title)).toBe('not tried: there is no model')
    await azure.writer.put('models/small/versions/1', { modelUri })
    for (let version = 1; version <= 21; version++)
      await azure.writer.put(`models/large/versions/${version}`, { modelUri })
    expect(await find(adapter, title)).toBe('of "large" came 21, and that is all: too few to tell')
    const stingy = await openAltered((request, forward) => {
      request.query.delete('$top')
      return forward()
    })
    expect(await find(stingy, title)).toBe(
      'of "large" came 20, and a link to more: it is not granted; the adapter follows the link',
    )
    for (let version = 22; version <= 101; version++)
      await azure.writer.put(`models/large/versions/${version}`, { modelUri })
    expect(await find(adapter, title)).toBe('of "large" came 100, and a link to more: it is granted')
  })

  it('find whether an archived model hides its versions', async () => {
    const title = 'list the versions of an archived model'
    const adapter = await azure.open()
    expect(await find(adapter, title)).toBe('not tried: there is no archived model with versions')
    await azure.writer.put('models/m/versions/1', { modelUri })
    await azure.writer.put('models/m', { isArchived: true })
    expect(await find(adapter, title)).toBe(
      '1 among all, 1 among the active ones: they are not hidden with their model',
    )
    azure.double.set({ unproven: { archivedContainerHidesVersions: true } })
    expect(await find(adapter, title)).toBe(
      '0 among all, 0 among the active ones: they are hidden with their model, and had by their names only',
    )
  })

  it('find what count is', async () => {
    const title = 'ask for one model on a page'
    const adapter = await azure.open()
    expect(await find(adapter, title)).toMatch(/^none came, and no link/)
    await azure.writer.put('models/a', {})
    expect(await find(adapter, title)).toMatch(/^one came, and no link/)
    await azure.writer.put('models/b', {})
    expect(await find(adapter, title)).toBe('one came, and a link to more: count is the size of a page')
    const deaf = await openAltered((request, forward) => {
      request.query.delete('count')
      return forward()
    })
    expect(await find(deaf, title)).toBe('2 came: count is not heeded; the adapter does not ask for it')
  })
})
