import { describe, expect, it } from 'vitest'
import { refusal } from '../altered-azure.ts'
import { probesInUse } from './probes-in-use.ts'

const { azure, find, openAltered } = probesInUse()

describe('probes of tags', () => {
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
})
