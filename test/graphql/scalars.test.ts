import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateTime, formatDateTime, parseDateTime } from '../../src/graphql/scalars.ts'

const noon = Date.UTC(2026, 10, 21, 12, 0, 0)

describe('a DateTime that comes in', () => {
  test.each([
    ['2026-11-21T12:00:00Z', noon],
    ['2026-11-21t12:00:00z', noon],
    ['2026-11-21T13:30:00+01:30', noon],
    ['2026-11-21T00:30:00-11:30', noon],
    ['2026-11-22T11:59:00+23:59', noon],
    ['2026-11-21T12:00:00-00:00', noon],
    ['2026-11-21T12:00:00.1Z', noon + 100],
    ['2026-11-21T12:00:00.12Z', noon + 120],
    ['2026-11-21T12:00:00.123Z', noon + 123],
    ['2026-11-21T12:00:00.123000000Z', noon + 123],
    ['2026-11-21T12:00:00.123000001Z', noon + 123.5],
    ['2026-11-21T12:00:00.999999999Z', noon + 999.5],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
    ['0000-01-01T00:00:00Z', -62_167_219_200_000],
    ['0099-03-01T00:00:00Z', Date.parse('0099-03-01T00:00:00Z')],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['2017-01-01T00:59:60.5+01:00', Date.UTC(2017, 0, 1) + 500],
  ])('%s is read', (text, moment) => {
    expect(parseDateTime(text)).toBe(moment)
  })

  test.each([
    '',
    '2026-11-21',
    '2026-11-21T12:00Z',
    '2026-11-21T12:00:00',
    '2026-11-21 12:00:00Z',
    ' 2026-11-21T12:00:00Z',
    '2026-11-21T12:00:00Z\n',
    '2026-11-21T12:00:00.Z',
    '2026-11-21T12:00:00,5Z',
    '2026-11-21T12:00:00.1234567890Z',
    '2026-11-21T12:00:00+0100',
    '2026-11-21T12:00:00+24:00',
    '2026-11-21T12:00:00+01:60',
    '2026-11-21T24:00:00Z',
    '2026-11-21T12:60:00Z',
    '2026-11-21T12:00:61Z',
    '2026-11-21T12:00:60Z',
    '2026-12-31T23:59:60+01:00',
    '2026-00-21T12:00:00Z',
    '2026-13-21T12:00:00Z',
    '2026-11-00T12:00:00Z',
    '2026-11-31T12:00:00Z',
    '2026-02-29T12:00:00Z',
    '1900-02-29T12:00:00Z',
    '+02026-11-21T12:00:00Z',
    '26-11-21T12:00:00Z',
    '２026-11-21T12:00:00Z',
    '1795348800000',
  ])('%j is refused', (text) => {
    expect(parseDateTime(text)).toBeNull()
  })

  test('that is no text is refused', () => {
    for (const value of [noon, null, true, ['2026-11-21T12:00:00Z'], new Date(noon)]) {
      expect(() => dateTime.parseValue(value)).toThrow(/RFC 3339/)
    }
  })

  test('compares with whole milliseconds as the finer moment does', () => {
    const nanoseconds = fc.bigInt({ min: 0n, max: 4_000_000_000n })
    fc.assert(
      fc.property(nanoseconds, fc.integer({ min: 0, max: 4000 }), (finer, whole) => {
        const seconds = finer / 1_000_000_000n
        const fraction = String(finer % 1_000_000_000n).padStart(9, '0')
        const parsed = parseDateTime(`1970-01-01T00:00:0${seconds}.${fraction}Z`)
        expect(Math.sign((parsed ?? NaN) - whole)).toBe(Math.sign(Number(finer - BigInt(whole) * 1_000_000n)))
      }),
    )
  })
})

describe('a DateTime that goes out', () => {
  test('is in UTC with three fraction digits, finer ones cut off', () => {
    expect(formatDateTime(new Date(noon))).toBe('2026-11-21T12:00:00.000Z')
    expect(formatDateTime(new Date(noon + 123.999))).toBe('2026-11-21T12:00:00.123Z')
    expect(formatDateTime(new Date(-62_167_219_200_000))).toBe('0000-01-01T00:00:00.000Z')
  })

  test('comes back as the same moment', () => {
    const moments = fc.date({
      min: new Date(-62_167_219_200_000),
      max: new Date(253_402_300_799_999),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moments, (date) => {
        expect(parseDateTime(formatDateTime(date) ?? '')).toBe(date.getTime())
      }),
    )
  })

  test('that no RFC 3339 text can express is an error of the registry', () => {
    for (const value of [
      new Date(NaN),
      new Date(8.64e15),
      new Date(-8.64e15),
      '2026-11-21T12:00:00Z',
      noon,
    ]) {
      expect(() => dateTime.serialize(value)).toThrow(
        expect.objectContaining({ extensions: { code: 'REGISTRY_ERROR', retryable: false } }),
      )
    }
  })
})
