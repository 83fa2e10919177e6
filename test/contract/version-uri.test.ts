import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromVersionUri, toVersionUri } from '../../src/contract/index.ts'

const isSelector = (segment: string) => ['latest', 'Staging'].includes(segment)

it('a version’s URI names that version, whatever it and its model are called', () => {
  const odd = fc.constantFrom(
    '/',
    '//',
    '@',
    'version:',
    '%2F',
    'latest',
    'Staging',
    '3',
    ' ',
    '\n',
    'é',
    '🚀',
  )
  const text = fc.array(odd, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''))
  const place = fc.record({ registry: fc.constantFrom('prod', 'eu.west-1'), model: text, version: text })
  fc.assert(
    fc.property(place, (key) => {
      expect(fromVersionUri(toVersionUri(key, isSelector))).toEqual(key)
    }),
    { numRuns: 2000 },
  )
})

it.each([
  ['models:/net/3', { registry: null, model: 'net', version: '3' }],
  ['models:/team/net/3', { registry: null, model: 'team/net', version: '3' }],
  ['models://prod//net/3', { registry: 'prod', model: '/net', version: '3' }],
  ['models:/net', null],
  ['models://prod/net', null],
  ['models:///net/3', null],
  ['runs:/net/3', null],
])('%s is %j', (uri, key) => {
  expect(fromVersionUri(uri)).toEqual(key)
})
