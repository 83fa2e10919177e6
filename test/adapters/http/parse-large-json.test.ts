import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LargeJson } from '../../../src/adapters/http/large-json.ts'
import { parseLargeJson } from '../../../src/adapters/http/parse-large-json.ts'
import { rounds } from '../../environment/rounds.ts'

const filler = { text: 'x"\\\\"{[,]}'.repeat(2000), list: [1, null, { a: [] }] }
/** Long enough to be taken in slices. */
const large = (value: unknown) =>
  JSON.stringify({ before: value, rows: Array(12).fill([value, filler]), after: value })

const mappingOf = (keys: number) =>
  `{${Array.from({ length: keys }, (_, index) => `"${index * 7919}":0`).join(',')}}`

describe('a large text of JSON', () => {
  it('is what JSON.parse makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom('', ' \n\t'), async (value, blanks) => {
        const text = blanks + large(value) + blanks
        expect(await parseLargeJson(text)).toEqual(JSON.parse(text))
      }),
      { numRuns: rounds(50, 2000) },
    )
  })

  it('is refused where JSON.parse refuses it, whatever was changed in it', async () => {
    const text = large({ key: ['a', 1.5, true], '': {} })
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...'{}[],:"\\ 0x'), async (at, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + 1)
        const parse = (() => {
          try {
            return { value: JSON.parse(changed) as unknown }
          } catch {
            return null
          }
        })()
        const own = await parseLargeJson(changed).then(
          (value) => ({ value }),
          () => null,
        )
        expect(own).toEqual(parse)
      }),
      { numRuns: rounds(300, 3000) },
    )
  })

  it('keeps a key that would change the prototype, and the last of two keys', async () => {
    const text = `{"__proto__":{"x":1},"a":1,"rows":${JSON.stringify(Array(20).fill(filler))},"a":2}`
    const value = (await parseLargeJson(text)) as { a: number }
    expect(Object.keys(value)).toContain('__proto__')
    expect(value.a).toBe(2)
    expect(value).toEqual(JSON.parse(text))
  })

  it.each([
    ['lists in lists', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    ['mappings in mappings', `${'{"a":'.repeat(300_000)}1${'}'.repeat(300_000)}`],
    ['millions of values', `[${'[],'.repeat(2_000_000)}[]]`],
    ['a mapping of more keys than can be put together in one turn', mappingOf(400_000)],
    ['such a mapping in another', `{"tags":${mappingOf(400_000)}}`],
  ])('of %s is given up', async (_, text) => {
    await expect(parseLargeJson(text)).rejects.toThrow(SyntaxError)
  })

  it('comes in pieces of any length', async () => {
    const text = large({ key: ['\\"', 1.5, true], '': {}, __proto__: { a: [[]] } })
    await fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (length) => {
        const json = new LargeJson()
        for (let at = 0; at < text.length; at += length) json.write(text.slice(at, at + length))
        expect(json.end()).toEqual(JSON.parse(text))
      }),
      { numRuns: rounds(50, 1000) },
    )
  })

  it.each([
    [
      'rows',
      JSON.stringify({
        rows: Array(60_000).fill({ name: 'a', tags: [{ key: 'k', value: 'v' }], text: 'y'.repeat(180) }),
      }),
    ],
    ['a long text', JSON.stringify(['x'.repeat(8e6)])],
    ['a long text of escapes', JSON.stringify(['\n'.repeat(4e6)])],
    ['blanks', `[${' \n\t'.repeat(2.7e6)}]`],
  ])('of %s leaves turns to others: none lasts longer than 50 ms', async (_, text) => {
    expect(text.length).toBeGreaterThanOrEqual(8e6)
    expect(await longestTurn(() => parseLargeJson(text))).toBeLessThan(50)
  })
})

/** In milliseconds of this thread's own work, whatever else the machine does. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  const spent = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  let longest = 0
  let last = spent()
  let timer = setImmediate(look)
  function look() {
    const now = spent()
    longest = Math.max(longest, now - last)
    last = now
    timer = setImmediate(look)
  }
  await work()
  clearImmediate(timer)
  return Math.max(longest, spent() - last)
}
