import { createHash } from 'node:crypto'
import { check, property, string, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CopiedFile, digestOfFiles, isDigestOf } from '../../../src/federation/copy/manifest.ts'
import { rounds } from '../../environment/rounds.ts'

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const file = (path: string, text = 'b'): CopiedFile => ({
  path,
  sizeBytes: text.length,
  sha256: sha(text),
})

describe('the digest of files', () => {
  it('is of one set of files: a line break in a name does not make two files of one', () => {
    const two = [file('a', 'one'), file('b')]
    const one = [file(`a\n${sha('b')} 1 b`, 'one')]
    expect(digestOfFiles(one)).not.toBe(digestOfFiles(two))
  })

  it('tells halves of surrogate pairs apart, which have no UTF-8', () => {
    expect(digestOfFiles([file('\ud800')])).not.toBe(digestOfFiles([file('\udbff')]))
  })

  it('is another one for other names, in whatever order they come', () => {
    const names = uniqueArray(string({ unit: 'binary' }), { minLength: 1, maxLength: 4 })
    const result = check(
      property(names, names, (a, b) => {
        const isSame = JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted())
        const [first, second] = [a, b].map((paths) => digestOfFiles(paths.map((path) => file(path))))
        return (
          (first === second) === isSame && digestOfFiles(a.toReversed().map((path) => file(path))) === first
        )
      }),
      { numRuns: rounds(200, 5000) },
    )
    expect(result.failed, JSON.stringify(result.counterexample)).toBe(false)
  })

  it('has a name for its form, and is of lines that anybody can write', () => {
    const lines = [`${sha('x')} 1 "a\\nb"\n`, `${sha('y')} 1 "ü"\n`].join('')
    expect(digestOfFiles([file('ü', 'y'), file('a\nb', 'x')])).toBe(`sha256-v2:${sha(lines)}`)
  })
})

describe('a digest that was noted', () => {
  const files = [file('b', 'two'), file('a', 'one')]
  const old = `sha256:${sha(`${sha('one')} 3 a\n${sha('two')} 3 b\n`)}`

  it('is known again in either form', () => {
    expect(isDigestOf(files, digestOfFiles(files))).toBe(true)
    expect(isDigestOf(files, old)).toBe(true)
  })

  it('is not taken for that of other files', () => {
    const others = [file('b', 'two'), file('a', 'other')]
    expect(isDigestOf(others, digestOfFiles(files))).toBe(false)
    expect(isDigestOf(others, old)).toBe(false)
    expect(isDigestOf(files, `sha256-v2:${old.slice('sha256:'.length)}`)).toBe(false)
  })
})
