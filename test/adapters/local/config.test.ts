import { expect, test } from 'vitest'
import { localConfigSchema } from '../../../src/adapters/local/config.ts'

const parse = (value: unknown) => localConfigSchema.safeParse(value)

test('has a default for everything', () => {
  expect(parse({}).data).toEqual({
    stages: ['None', 'Staging', 'Production', 'Archived'],
    artifactFolder: null,
    minFreeBytes: 536_870_912,
    archiveExisting: false,
  })
})

test('always has the stage None', () => {
  expect(parse({ stages: ['canary'] }).data?.stages).toEqual(['None', 'canary'])
  expect(parse({ stages: [] }).data?.stages).toEqual(['None'])
})

test.each([
  [{ stages: ['a', 'A'] }, /without regard to case/],
  [{ stages: ['none'] }, /without regard to case/],
  [{ stages: ['a/b'] }, /write a name without/],
  [{ stages: [' a'] }, /write a name without/],
  [{ stages: [''] }, /write a name without/],
  [{ artifactFolder: '' }, /./],
  [{ archiveExisting: 'yes' }, /boolean/],
  [{ archiveExisting: true, stages: ['canary'] }, /needs the stage "Archived"/],
  [{ url: 'x' }, /url/],
])('refuses %j', (value, message) => {
  const { error } = parse(value)
  expect(error?.issues.map((issue) => issue.message).join()).toMatch(message)
})
