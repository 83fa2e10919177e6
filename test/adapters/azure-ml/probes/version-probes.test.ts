import { describe, expect, it } from 'vitest'
import { refusal } from '../altered-azure.ts'
import { storage } from '../open-registry.ts'
import { probesInUse } from './probes-in-use.ts'

const { azure, find, openAltered, ownPath } = probesInUse()
const modelUri = `${storage}/models/1`

describe('probes of versions', () => {
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
