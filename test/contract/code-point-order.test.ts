import fastCheck from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareCodePoints, compareVersions } from '../../src/contract/index.ts'

const sign = (order: number) => Math.sign(order)

describe('compareCodePoints', () => {
  it.each([
    ['', '', 0],
    ['', 'a', -1],
    ['a', 'ab', -1],
    ['B', 'a', -1],
    ['a-c', 'a.b', -1],
    ['cafe\u0301', 'caf\u00e9', -1],
    ['\uff5e', '\u{1f600}', -1],
    ['\uffff', '\u{10000}', -1],
    ['\u{1f600}', '\u{1f601}', -1],
    ['\u{1f600}a', '\u{1f600}b', -1],
    ['same', 'same', 0],
  ])('%j and %j', (a, b, expected) => {
    expect(sign(compareCodePoints(a, b))).toBe(expected)
    expect(sign(compareCodePoints(b, a)) + expected).toBe(0)
  })

  it('is the order of the UTF-8 bytes', () => {
    const text = fastCheck.string({ unit: 'binary' })
    fastCheck.assert(
      fastCheck.property(text, text, (a, b) => {
        expect(sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)))
      }),
    )
  })
})

describe('compareVersions', () => {
  it('puts integers by value before all others by code point', () => {
    const sorted = [
      '0',
      '01',
      '1',
      '2',
      '9',
      '10',
      '99999999999999999998',
      '99999999999999999999',
      '',
      '-1',
      '1.0',
      'B',
      'a',
      '\uff11',
    ]
    const shuffled = sorted.toReversed()
    expect(shuffled.toSorted(compareVersions)).toEqual(sorted)
  })

  it('keeps equal values with other zeros in front apart', () => {
    expect(compareVersions('007', '7')).toBeLessThan(0)
    expect(compareVersions('7', '007')).toBeGreaterThan(0)
    expect(compareVersions('00', '0')).toBeGreaterThan(0)
    expect(compareVersions('7', '7')).toBe(0)
  })

  it('is a total order', () => {
    const version = fastCheck.oneof(fastCheck.nat().map(String), fastCheck.stringMatching(/^[0-9a.]{0,4}$/))
    fastCheck.assert(
      fastCheck.property(version, version, version, (a, b, c) => {
        expect(sign(compareVersions(a, b)) + sign(compareVersions(b, a))).toBe(0)
        expect(compareVersions(a, b) === 0).toBe(a === b)
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0)
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})
