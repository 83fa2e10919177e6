import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeptRows } from '../../../src/adapters/http/known-rows/kept-rows.ts'
import { KnownRows } from '../../../src/adapters/http/known-rows/known-rows.ts'
import type { JsonObject } from '../../../src/adapters/http/parse-json.ts'
import { RegistryError } from '../../../src/contract/index.ts'
import { isLasting } from '../../../src/contract/lasting.ts'
import { rounds } from '../../environment/rounds.ts'

interface Made {
  readonly source: JsonObject
}

const open = (kept = new KeptRows(1_000_000)) =>
  new KnownRows<Made>('rows', (source) => ({ source: structuredClone(source) }), kept)
/** In two pieces. */
function read(rows: KnownRows<Made>, text: string | Buffer, most = 1000) {
  const bytes = Buffer.from(text as string)
  const half = bytes.length >> 1
  return rows.read([bytes.subarray(0, half), bytes.subarray(half)], most)
}
const sourcesOf = (found: { rows: readonly Made[] } | null) => found?.rows.map(({ source }) => source)

const plain = '{"rows":[{"name":"a","tags":[{"key":"k"}]},{"name":"b"}],"next":"x"}'

describe('rows that are known by their bytes', () => {
  it('are what parsing all of the answer says, whoever wrote it and whether or not they were met before', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('}', '{"', '\\', '\\"}', '"},{"', ']'),
    )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        text,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 3 }),
      object: fc.dictionary(text, tie('any'), { maxKeys: 4 }),
    })).object
    const kept = new KeptRows(1_000_000)
    const rows = open(kept)
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(0, 2, '\t'),
        fc.dictionary(
          fc.string().map((key) => `x${key}`),
          fc.integer(),
        ),
        (list, space, beside) => {
          const body = JSON.stringify({ rows: list, ...beside }, null, space)
          const { rows: expected, ...rest } = JSON.parse(body)
          for (let turn = 0; turn < 2; turn++) {
            const found = read(rows, body)
            // What might say the list once more is for others to read.
            if (found === null) expect(JSON.stringify(beside)).toContain('\\')
            else
              expect({ rows: sourcesOf(found), rest: found.rest }).toEqual({
                rows: expected,
                rest: { ...rest, rows: [] },
              })
          }
        },
      ),
      { numRuns: rounds(200, 5000), seed: 3 },
    )
  })

  it('are the same records, and last', () => {
    const rows = open()
    const [first, second] = [read(rows, plain), read(rows, plain)]
    expect(second?.rows[0]).toBe(first?.rows[0])
    expect(second?.rows.every(isLasting)).toBe(true)
    const tags = second?.rows[0]?.source.tags as unknown[]
    expect(() => tags.push('more')).toThrow(TypeError)
    expect(() => Object.assign(tags[0] as object, { key: 'other' })).toThrow(TypeError)
    expect(second?.rest.next).toBe('x')
  })

  it('are other ones with the least change, wherever it is', () => {
    const rows = open()
    const long = JSON.stringify({ rows: [{ name: 'x'.repeat(400), tail: 'abc' }] })
    const before = read(rows, long)?.rows[0]
    for (let at = 0; at < long.length; at++) {
      const changed = Buffer.from(long)
      changed[at] = changed[at] === 0x79 ? 0x7a : 0x79
      const found = read(rows, changed)
      if (found) expect(sourcesOf(found)).toEqual(JSON.parse(changed.toString()).rows)
    }
    expect(read(rows, long)?.rows[0]).toEqual(before)
  })

  it('are not made of what breaks off, at any place', () => {
    const rows = open()
    read(rows, plain)
    for (let length = 0; length < plain.length; length++)
      expect(read(rows, plain.slice(0, length))).toBeNull()
  })

  it.each([
    ['a list that is said twice', '{"rows":[{"a":1}],"rows":[]}'],
    ['a list whose name may be spelled in another way', '{"rows":[{"a":1}],"r\\u006fws":[]}'],
    ['something else before the list', '{"next":"[","rows":[{"a":1}]}'],
    ['rows that are no objects', '{"rows":[{"a":1},2]}'],
    ['a comma too many', '{"rows":[{"a":1},]}'],
    ['a comma too few', '{"rows":[{"a":1}{"a":1}]}'],
    ['an end too early', '{"rows":[{"a":1}]}}'],
    ['a row that is none', '{"rows":[{"a":}]}'],
    ['brackets that do not match', '{"rows":[{"a":[}]}'],
    ['no rows', '{"rows":[]}'],
    ['no list', '{"rows":{"a":1}}'],
    ['a mark of the byte order', '\ufeff{"rows":[{"a":1}]}'],
    ['a list of lists', '[{"rows":[{"a":1}]}]'],
  ])('leave %s to who parses all of it', (_, body) => {
    const rows = open()
    read(rows, '{"rows":[{"a":1}]}')
    expect(read(rows, body)).toBeNull()
  })

  it('hold what bytes that are no UTF-8 are read as', () => {
    const body = Buffer.concat([
      Buffer.from('{"rows":[{"name":"a'),
      Buffer.from([0xc3, 0xff, 0xe2, 0x82]),
      Buffer.from('"}]}'),
    ])
    const rows = open()
    for (let turn = 0; turn < 2; turn++)
      expect(sourcesOf(read(rows, body))).toEqual(JSON.parse(body.toString()).rows)
  })

  it('take the last of a key that comes twice', () => {
    const rows = open()
    for (let turn = 0; turn < 2; turn++)
      expect(sourcesOf(read(rows, '{"rows":[{"a":1,"a":2,"__proto__":{"b":3}}]}'))).toEqual(
        JSON.parse('[{"a":2,"__proto__":{"b":3}}]'),
      )
  })

  it('are no more than were asked for', () => {
    expect(read(open(), plain, 1)).toBeNull()
  })

  it('are each for itself where one cannot be read', () => {
    const flaw = new RegistryError('REGISTRY_ERROR', 'no name')
    const rows = new KnownRows<object>(
      'rows',
      ({ name }) => {
        if (name === undefined) throw flaw
        return { name }
      },
      new KeptRows(1000),
    )
    const found = rows.read([Buffer.from('{"rows":[{"a":1},{"name":"b"}]}')], 10)
    expect(found).toMatchObject({ rows: [{ name: 'b' }], flaw })
  })

  it('are not those of another list of the same bytes', () => {
    const kept = new KeptRows(1_000_000)
    const [one, other] = [open(kept), open(kept)]
    expect(read(one, plain)?.rows[0]).not.toBe(read(other, plain)?.rows[0])
  })

  it('take no more memory than they may', () => {
    const kept = new KeptRows(1_000_000)
    const rows = open(kept)
    for (let page = 0; page < 70; page++) {
      const list = Array.from({ length: 50 }, (_, row) => ({ name: `${page}-${row}`, text: 'x'.repeat(500) }))
      expect(read(rows, JSON.stringify({ rows: list }))).not.toBeNull()
      expect(kept.bytes).toBeLessThan(1_010_000)
    }
    expect(kept.bytes).toBeGreaterThan(400_000)
  })

  it('are left to others where hardly any comes again, but for one answer now and then', () => {
    const rows = open(new KeptRows(100_000_000))
    const page = (number: number) =>
      JSON.stringify({ rows: Array.from({ length: 100 }, (_, row) => ({ name: `${number}-${row}` })) })
    let taken = 0
    for (let number = 0; number < 400; number++) if (read(rows, page(number))) taken++
    expect(taken).toBeGreaterThan(40)
    expect(taken).toBeLessThan(60)
    // Once they come again they are kept again.
    for (let turn = 0; turn < 300; turn++) read(rows, page(1000))
    expect(read(rows, page(1000))).not.toBeNull()
  })
})
