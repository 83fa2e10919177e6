import { describe, expect, it } from 'vitest'
import type { Call } from './call.ts'
import { checkHistory, explain } from './check-history.ts'
import {
  alias,
  assign,
  call,
  done,
  look,
  made,
  move,
  one,
  refused,
  refusedVersion,
  remove,
  seenVersion,
  two,
  unknown,
  version,
} from './sample-calls.ts'

const rules = { aliases: ['champion'], writesStepwise: false }
const key = { key: 'k' }

describe('a history that is right', () => {
  it.each<[string, Call[]]>([
    [
      'makes, shows and deletes',
      [...made, look([4, 5], { versions: two }), call([6, 7], remove, done()), look([8, 9], null)],
    ],
    [
      'shows a model before its version',
      [call([0, 9], version('first'), done({ version: '1' })), look([1, 2], {})],
    ],
    [
      'takes back what it made and nobody touched',
      [call([0, 9], refusedVersion, refused('BAD_USER_INPUT')), look([1, 2], {}), look([10, 11], null)],
    ],
    [
      'leaves an empty model behind',
      [call([0, 9], refusedVersion, refused('BAD_USER_INPUT')), look([10, 11], {})],
    ],
    [
      'has or has not what nobody knows of',
      [call([0, 1], version('first'), unknown), look([2, 3], null), look([4, 5], { versions: one })],
    ],
    [
      'does a wish once under its key, whoever answered',
      [
        call([0, 1], version('first'), unknown, key),
        call([2, 3], version('first'), done({ version: '1' }), key),
        call([4, 5], version('first'), done({ version: '1' }), key),
        look([6, 7], { versions: one }),
      ],
    ],
    [
      'frees the key of what was refused',
      [
        call([0, 1], refusedVersion, refused('BAD_USER_INPUT'), key),
        call([2, 3], version('first'), done({ version: '1' }), key),
        look([4, 5], { versions: one }),
      ],
    ],
    [
      'moves an alias in turn',
      [
        ...made,
        call([4, 9], alias('1'), done({ previous: '2' })),
        call([4, 9], alias('2'), done({ previous: null })),
        call([10, 11], alias('2', { expected: '2' }), refused('CONFLICT', '1')),
        look([12, 13], { versions: two, aliases: { champion: '1' } }),
      ],
    ],
    [
      'moves an alias and a stage at the same time',
      [
        ...made,
        call([4, 5], move('1', 'Production'), done({ archived: [] })),
        call([6, 9], move('2', 'Production'), done({ archived: ['1'] })),
        call([6, 9], assign, done({ previous: null })),
        look([10, 11], {
          versions: {
            1: seenVersion('first', { stage: 'Archived' }),
            2: seenVersion('second', { stage: 'Production' }),
          },
          aliases: { champion: '1' },
        }),
      ],
    ],
  ])('%s', (_, calls) => {
    expect(checkHistory(calls, rules).map(explain)).toEqual([])
  })
})
