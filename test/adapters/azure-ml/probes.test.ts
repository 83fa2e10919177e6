import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Adapter, Probe } from '../../../src/contract/index.ts'
import { type AlteredAzure, refusal, startAlteredAzure } from './altered-azure.ts'
import { doubleInUse } from './double-in-use.ts'
import { newCall, openAzure, place, storage, workspacePath } from './open-registry.ts'

const azure = doubleInUse()
const modelUri = `${storage}/models/1`
const removal = 'delete what the probes have made'
const opened: (Adapter | AlteredAzure)[] = []

afterEach(async () => {
  vi.useRealTimers()
  for (const each of opened.splice(0)) await each.close()
})

/** Through something that changes what the double is asked, or answers. */
async function openAltered(answer: Parameters<typeof startAlteredAzure>[1]): Promise<Adapter> {
  const altered = await startAlteredAzure(azure.double.url, answer)
  const adapter = await openAzure(altered.url)
  opened.push(adapter, altered)
  return adapter
}

function probeOf({ probes = [] }: Adapter, title: string): Probe {
  const probe = probes.find((each) => each.title === title)
  if (probe === undefined) throw new Error(`no ${title} among ${probes.map((each) => each.title).join(', ')}`)
  return probe
}

const find = (adapter: Adapter, title: string, call = newCall()) => probeOf(adapter, title).run(call)

/** Where the probes have written: the container's own path. */
function ownPath(): string {
  const put = azure.double.log.requests.find(({ method }) => method === 'PUT')
  return put?.path.match(/\/models\/modelgate-probe-[0-9a-f]{8}/)?.[0].slice(1) ?? 'nothing was put'
}

const missing = { message: expect.stringContaining('answered 404') }

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

describe('probes that write', () => {
  it.each([
    ['cleared', 'it is cleared; the adapter always sends it back'],
    ['kept', 'it stays Development; the adapter always sends it back'],
  ] as const)('find that an omitted stage is %s', async (omittedStage, words) => {
    azure.double.set({ unproven: { omittedStage } })
    expect(await find(await azure.open(), 'write a version without its stage')).toBe(words)
  })

  it('find that an api-version has no stage', async () => {
    const adapter = await azure.open({ apiVersion: '2022-10-01' })
    expect(await find(adapter, 'write a version without its stage')).toBe(
      'not tried: this api-version has no stage',
    )
  })

  it('find that tags are replaced, and fail where they are merged', async () => {
    const title = 'leave a tag out of a PUT'
    expect(await find(await azure.open(), title)).toBe(
      'it is gone, from a model and from a version: tags are replaced as a whole',
    )
    for (const [what, isWhat] of [
      ['models', /\/models\/[^/]+$/],
      ['versions', /\/versions\//],
    ] as const) {
      const merging = await openAltered(({ method, path, body }, forward) => {
        if (method === 'PUT' && isWhat.test(path) && body.properties.tags)
          body.properties.tags = { left: '2', ...body.properties.tags }
        return forward()
      })
      await expect(find(merging, title)).rejects.toMatchObject({
        code: 'UNSUPPORTED',
        message: expect.stringContaining(`merges the tags of ${what}`),
      })
    }
  })

  it('find how long tags may be', async () => {
    const title = 'write tags as long as they may be'
    const promised = 'a key of 100 characters with a value of 1000: taken'
    expect(await find(await azure.open(), title)).toBe(
      `${promised}; a key of 101: taken; a value of 1001: taken; the key of an alias of 255, which has 261: taken`,
    )
    const refusingFrom = (length: number) =>
      openAltered(async ({ body }, forward) => {
        const keys = Object.keys(body?.properties.tags ?? {})
        return keys.some((key) => key.length >= length) ? refusal('Too long.') : forward()
      })
    const no = 'refused (Azure ML refuses it: Too long.)'
    expect(await find(await refusingFrom(101), title)).toBe(
      `${promised}; a key of 101: ${no}; a value of 1001: taken; the key of an alias of 255, which has 261: ${no}`,
    )
    await expect(find(await refusingFrom(100), title)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('is refused (Azure ML refuses it: Too long.)'),
    })
    const cutting = await openAltered(({ body }, forward) => {
      const tags = body?.properties.tags
      for (const key in tags) tags[key] = tags[key].slice(0, 1000)
      return forward()
    })
    expect(await find(cutting, title)).toContain('a value of 1001: taken and changed;')
  })

  it('find whether files can be changed', async () => {
    const title = 'change where the files of a version are'
    expect(await find(await azure.open(), title)).toMatch(/^refused, in the words by which/)
    const withElsewhere = (answer: Parameters<typeof openAltered>[0]) =>
      openAltered((request, forward) =>
        request.method === 'PUT' && request.body.properties.modelUri?.endsWith('/elsewhere')
          ? answer(request, forward)
          : forward(),
      )
    const others = await withElsewhere(async () => refusal('Immutable.'))
    expect(await find(others, title)).toMatch(
      /^refused, in other words .*: Azure ML refuses it: Immutable\.$/,
    )
    const deaf = await withElsewhere((request, forward) => {
      delete request.body.properties.modelUri
      return forward()
    })
    expect(await find(deaf, title)).toBe('taken, and without effect')
    const willing = await withElsewhere(async ({ path, query }, forward) => {
      await forward({ method: 'DELETE', path, query, body: undefined })
      return forward()
    })
    expect(await find(willing, title)).toBe('taken: the adapter sends it back as it was')
  })

  it("find whether a version may have another one's files", async () => {
    const title = "make a version of another one's files"
    expect(await find(await azure.open(), title)).toBe('taken: copies refer to the same files')
    const strict = await openAltered(async ({ method, path }, forward) =>
      method === 'PUT' && path.endsWith('/versions/2') ? refusal('In use.') : forward(),
    )
    await expect(find(strict, title)).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: 'Copies within this registry do not work: Azure ML refuses it: In use.',
    })
    azure.double.set({ replicatesModelUris: true })
    expect(await find(await azure.open(), title)).toMatch(/which are then called .*ServiceReplicated/)
  })

  it('find whether the number of a deleted version is given again', async () => {
    const title = 'delete the highest version'
    expect(await find(await azure.open(), title)).toBe(
      'after version 2 was deleted nextVersion is 3: it is not given again',
    )
    const forgetful = await openAltered(async ({ method, path }, forward) => {
      const answer = await forward()
      if (method === 'GET' && /\/models\/[^/]+$/.test(path)) answer.body.properties.nextVersion = '2'
      return answer
    })
    expect(await find(forgetful, title)).toBe(
      'after version 2 was deleted nextVersion is 2: it would be given again; the adapter sees to it that it is not',
    )
  })

  it("find whether a job's output is taken as it is named, and refer to none that is there", async () => {
    const title = "make a version of a job's output"
    const adapter = await azure.open()
    expect(await find(adapter, title)).toBe('not tried: no version of the first models names a job')
    await azure.writer.put('models/m/versions/1', { modelUri, jobName: 'training' })
    const address = 'azureml://jobs/training/outputs/artifacts/paths/modelgate-probe-'
    expect(await find(adapter, title)).toMatch(
      new RegExp(`^taken as ${address}[0-9a-f]{8}, and reads back the same$`),
    )
    const strict = await openAltered(async ({ method, body }, forward) =>
      method === 'PUT' && body.properties.jobName ? refusal('No such output.') : forward(),
    )
    expect(await find(strict, title)).toBe(
      'refused, for how it is named or because nothing is there: Azure ML refuses it: No such output.',
    )
  })

  it('find whether archiving a model hides its versions', async () => {
    const title = 'archive a model that has versions'
    expect(await find(await azure.open(), title)).toMatch(/^right afterwards 1 among all.* not hidden/)
    expect((await azure.writer.get(ownPath())).properties.isArchived).toBe(true)
    azure.double.set({ unproven: { archivedContainerHidesVersions: true } })
    expect(await find(await azure.open(), title)).toMatch(/^right afterwards 0 among all.* are hidden/)
  })
})

describe('the lag of lists', () => {
  const title = 'wait until a list shows what was written'
  const assumed = 'the adapter assumes 60 s at most'

  it('is measured', async () => {
    const adapter = await azure.open()
    expect(await find(adapter, title)).toMatch(
      new RegExp(`^a new version: shown after 0.\\d s; a change of it: shown after 0.\\d s; ${assumed}$`),
    )
    azure.double.set({ listLag: { requests: 2 } })
    azure.double.log.reset()
    await find(adapter, title)
    expect(azure.double.log.count('/versions')).toBe(6)
  })

  it('that is longer than the time there is, is told', async () => {
    azure.double.set({ listLag: { ms: 300_000 } })
    const call = { ...newCall(), deadline: Date.now() + 1_500 }
    expect(await find(await azure.open(), title, call)).toMatch(
      /not shown within 0.\d s, and there was no more time: set timeoutMs to 120000 to learn it; a change of it: not shown/,
    )
  })

  it('that is longer than the adapter assumes, is a failure', async () => {
    azure.double.set({ listLag: { ms: 300_000 } })
    const adapter = await azure.open()
    vi.useFakeTimers({ toFake: ['Date'] })
    const measured = find(adapter, title, { ...newCall(), deadline: Date.now() + 200_000 })
    const outcome = expect(measured).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringContaining('the adapter shows it for 60 s only'),
    })
    await azure.double.log.until((log) => log.count('/versions') > 0)
    vi.setSystemTime(Date.now() + 61_000)
    await outcome
  })
})

describe('what the probes have made', () => {
  async function probeAll(adapter: Adapter): Promise<string[]> {
    const found: string[] = []
    for (const probe of adapter.probes ?? []) found.push(`${probe.title}: ${await probe.run(newCall())}`)
    return found
  }

  it('is one model, and gone afterwards', async () => {
    await azure.writer.put('models/mine/versions/1', { modelUri, jobName: 'training' })
    const adapter = await azure.open()
    azure.double.log.reset()
    const found = await probeAll(adapter)
    expect(found.filter((words) => words.includes('not tried'))).toHaveLength(1)
    expect(found.at(-1)).toBe(
      `${removal}: 4 versions are gone, and so is the model: Azure deletes models; the adapter does not offer it`,
    )
    const written = azure.double.log.requests.filter(({ method }) => method !== 'GET')
    const own = `${workspacePath}/${ownPath()}`
    expect(written.filter(({ path }) => path !== own && !path.startsWith(`${own}/versions/`))).toEqual([])
    for (const { path } of written)
      await expect(azure.writer.get(path.slice(workspacePath.length + 1))).rejects.toMatchObject(missing)
    expect((await azure.writer.get('models/mine/versions/1')).properties.modelUri).toBe(modelUri)
    expect(await find(adapter, removal)).toBe('nothing was made')
  })

  it('is archived where Azure deletes no models', async () => {
    const keeping = await openAltered(async ({ method, path }, forward) =>
      method === 'DELETE' && /\/models\/[^/]+$/.test(path) ? refusal('Not supported.') : forward(),
    )
    await find(keeping, 'write a version without its stage')
    const own = ownPath()
    expect(await find(keeping, removal)).toBe(
      `1 version is gone, "${own.slice('models/'.length)}" is archived: Azure does not delete models (Azure ML refuses it: Not supported.)`,
    )
    expect((await azure.writer.get(own)).properties.isArchived).toBe(true)
    await expect(azure.writer.get(`${own}/versions/1`)).rejects.toMatchObject(missing)
  })

  it('is told when it is left behind', async () => {
    const adapter = await azure.open()
    await find(adapter, "make a version of another one's files")
    azure.double.set({ faults: [{ kind: 'authorizationFailed', method: 'DELETE', path: '/versions/2' }] })
    const own = ownPath()
    await expect(find(adapter, removal)).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: expect.stringMatching(
        new RegExp(`^Of "${own.slice(7)}" is left behind: version 2 \\(Azure does not permit .*studio\\.$`),
      ),
    })
    await expect(azure.writer.get(`${own}/versions/1`)).rejects.toMatchObject(missing)
    expect((await azure.writer.get(own)).properties.isArchived).toBe(true)
    azure.double.set({ faults: [{ kind: 'authorizationFailed', method: 'PUT' }] })
    await expect(find(adapter, removal)).rejects.toMatchObject({
      message: expect.stringContaining('the model, not archived (Azure does not permit'),
    })
  })

  it('is taken away also when an answer was lost', async () => {
    const adapter = await azure.open()
    azure.double.set({
      faults: [{ kind: 'connectionReset', method: 'PUT', path: '/versions/', afterEffect: true, times: 1 }],
    })
    await expect(find(adapter, 'delete the highest version')).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
    })
    const own = ownPath()
    expect(await azure.writer.get(`${own}/versions/1`)).toMatchObject({ name: '1' })
    expect(await find(adapter, removal)).toMatch(/^1 version is gone, and so is the model/)
    await expect(azure.writer.get(own)).rejects.toMatchObject(missing)
  })

  it('has no versions where Azure looks for files first', async () => {
    const looking = await openAltered(async ({ method, path }, forward) =>
      method === 'PUT' && path.includes('/versions/') ? refusal('No files there.') : forward(),
    )
    const found = await probeAll(looking)
    const untried = found.filter((words) =>
      words.includes(
        'not tried: Azure takes no version without files (Azure ML refuses it: No files there.)',
      ),
    )
    expect(untried).toHaveLength(7)
    expect(found.at(-1)).toMatch(/^delete what the probes have made: 1 version is gone, and so is the model/)
  })

  it('is in a registry what it is in a workspace, but for jobs', async () => {
    azure.double.set({ longRunning: { polls: 1, retryAfter: 0 } })
    const adapter = await azure.openOrganisation()
    const found = await probeAll(adapter)
    expect(found[0]).toMatch(/^look at the registry itself: it is in/)
    expect(found.filter((words) => words.includes('not tried'))).toHaveLength(2)
    expect(found.at(-1)).toMatch(/: 3 versions are gone, and so is the model/)
    expect(adapter.probes?.some(({ title }) => /job|one model/.test(title))).toBe(false)
  })

  it('is in the subscription that is configured', async () => {
    await find(await azure.open(), 'write a version without its stage')
    const { properties } = await azure.writer.get(`${ownPath()}/versions/1`)
    expect(properties.modelUri).toMatch(
      new RegExp(
        `^azureml://subscriptions/${place.subscriptionId}/resourceGroups/ml/workspaces/fraud/datastores/`,
      ),
    )
  })
})
