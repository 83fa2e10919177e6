import { describe, expect, it } from 'vitest'
import type { Call } from './call.ts'
import { checkHistory, explain } from './check-history.ts'
import {
  alias,
  assign,
  call,
  create,
  done,
  look,
  made,
  move,
  name,
  one,
  refused,
  refusedVersion,
  seenVersion,
  tag,
  two,
  unknown,
  version,
} from './sample-calls.ts'

const rules = { aliases: ['champion'], writesStepwise: false }
const key = { key: 'k' }

describe('a history that', () => {
  it.each<[string, string, Call[]]>([
    ['loses a version', 'existence', [...made, look([4, 5], { versions: one })]],
    [
      'loses a version with its model, as somebody else took it back',
      'existence',
      [
        call([0, 5], refusedVersion, refused('BAD_USER_INPUT')),
        call([1, 4], version('first'), done({ version: '1' })),
        look([6, 7], null),
      ],
    ],
    [
      'loses a tag, as somebody else took the model back',
      'text of the model a',
      [
        call([0, 5], refusedVersion, refused('BAD_USER_INPUT')),
        call([1, 4], { kind: 'setText', name, version: null, key: 'a', text: 'x' }, done()),
        look([6, 7], null),
      ],
    ],
    [
      'shows what nobody asked for',
      'existence',
      [...made, look([4, 5], { versions: { ...two, 3: seenVersion('stranger') } })],
    ],
    [
      'shows what was refused',
      'existence',
      [call([0, 1], create, refused('BAD_USER_INPUT')), look([2, 3], {})],
    ],
    [
      'gives one number twice',
      'existence',
      [...made, call([4, 5], version('third'), done({ version: '2' }))],
    ],
    [
      'makes two models of one name',
      'existence',
      [call([0, 9], create, done()), call([0, 9], create, done())],
    ],
    [
      'does a wish twice under its key',
      'existence',
      [
        call([0, 1], version('first'), unknown, key),
        call([2, 3], version('first'), done({ version: '2' }), key),
        look([4, 5], { versions: { ...one, 2: seenVersion('first') } }),
      ],
    ],
    [
      'says that a model was made under a key, and makes none',
      'existence',
      [
        call([0, 1], refusedVersion, refused('BAD_USER_INPUT'), key),
        call([2, 3], create, done(), key),
        look([4, 5], null),
      ],
    ],
    [
      'cannot find the model that it is to make',
      'existence',
      [call([0, 1], version('first'), refused('NOT_FOUND'))],
    ],
    [
      'lets two writers move an alias from the same place',
      'alias champion',
      [
        ...made,
        call([4, 9], alias('1', { onlyIfUnset: true }), done({ previous: null })),
        call([4, 9], alias('2', { onlyIfUnset: true }), done({ previous: null })),
      ],
    ],
    [
      'is in conflict with nobody',
      'alias champion',
      [...made, call([4, 5], alias('1', { expected: '2' }), refused('CONFLICT', '1'))],
    ],
    [
      'leaves an alias where a stage was',
      'alias champion',
      [
        ...made,
        call([4, 5], move('1', 'Production'), done({ archived: [] })),
        call([6, 20], assign, done({ previous: '2' })),
        call([7, 8], move('2', 'Production'), done({ archived: ['1'] })),
        call([9, 10], assign, done({ previous: null })),
        look([21, 22], {
          versions: {
            1: seenVersion('first', { stage: 'Archived' }),
            2: seenVersion('second', { stage: 'Production' }),
          },
          aliases: { champion: '1' },
        }),
      ],
    ],
    [
      'leaves two versions in a stage that is emptied',
      'stages',
      [
        ...made,
        call([4, 9], move('1', 'Production'), done({ archived: [] })),
        call([4, 9], move('2', 'Production'), done({ archived: [] })),
      ],
    ],
    [
      'loses a tag to the writer of another',
      'text 1 a',
      [...made, call([4, 5], tag('x'), done()), look([6, 7], { versions: two })],
    ],
  ])('%s is wrong', (_, facet, calls) => {
    const [first, ...others] = checkHistory(calls, rules)
    expect(others).toEqual([])
    expect(first?.what).toBe(`No order explains these answers, as to ${facet}.`)
  })

  it('answers one key in two ways is wrong', () => {
    const calls = [
      call([0, 1], version('first'), done({ version: '1' }), key),
      call([2, 3], version('first'), done({ version: '2' }), key),
    ]
    expect(checkHistory(calls, rules).map(({ what }) => what)).toContain(
      'One key was answered in different ways.',
    )
  })
})

it('tells what was written though it was said that nothing was', () => {
  const calls = [...made, call([4, 5], move('1', 'Production'), refused('REGISTRY_TIMEOUT'))]
  const seen = { ...two, 1: seenVersion('first', { stage: 'Production' }) }
  expect(checkHistory([...calls, look([6, 7], { versions: two })], rules)).toEqual([])
  const [violation] = checkHistory([...calls, look([6, 7], { versions: seen })], rules)
  expect(violation?.what).toBe('Something was written of which it was said that nothing was.')
})

it('tells no more than it takes to see what is wrong', () => {
  const [first, second] = made as [Call, Call]
  const looks = [
    look([4, 5], { versions: two }),
    look([6, 7], { versions: one }),
    look([8, 9], { versions: one }),
  ]
  const [violation] = checkHistory([first, second, ...looks, call([10, 11], tag('x'), done())], rules)
  expect(violation?.calls).toEqual([first, second, looks[1]])
  expect(violation && explain(violation)).toMatch(
    /^No order .*\n +0\.0 .. +1\.0 {2}client \d+ at A: createVersion/,
  )
})
