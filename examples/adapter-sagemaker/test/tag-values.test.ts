import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RegistryError } from 'modelgate/adapter'
import { fromTagValue, toTagValue } from '../src/tag-values.ts'

/** As botocore has it of TagValue and CustomerMetadataValue. */
const legal = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u

describe('values of tags', () => {
  const values = [
    '',
    ' ',
    'plain',
    "it's",
    '["models://a/b/1"]',
    'line\nbreak',
    '\u{1f600}',
    'base64:x',
    'x'.repeat(256),
  ]
  for (const value of values) {
    it(`${JSON.stringify(value.slice(0, 20))} is kept legally and comes back`, () => {
      const kept = toTagValue(value)
      assert.match(kept, legal)
      assert.equal(fromTagValue(kept), value)
    })
  }

  it('what AWS takes is kept as it is', () => assert.equal(toTagValue('team:fraud@eu'), 'team:fraud@eu'))

  it('what is too long is refused with the rule', () => {
    for (const value of ['x'.repeat(257), '\n'.repeat(187)])
      assert.throws(
        () => toTagValue(value),
        (error) =>
          RegistryError.is(error) && error.code === 'BAD_USER_INPUT' && /186 bytes/.test(error.message),
      )
  })
})
