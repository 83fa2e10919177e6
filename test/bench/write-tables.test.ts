import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holds, median } from '../../bench/harness/measurement.ts'
import { writeTables } from '../../bench/harness/write-tables.ts'

describe('the tables of the page', () => {
  let folder: string
  let page: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'modelgate-tables-'))
    page = join(folder, 'page.md')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('take the place of the old ones and leave the prose, however often they are written', () => {
    const prose = (text: string) =>
      `# Page\n\nBefore.\n\n<!-- bench:one -->\n\n${text}\n\n<!-- /bench:one -->\n\nAfter.\n`
    writeFileSync(page, prose('| old |'))
    writeTables(page, { one: '| new | $& |' })
    writeTables(page, { one: '| new | $& |' })
    expect(readFileSync(page, 'utf8')).toBe(prose('| new | $& |'))
  })

  it('are not written where they have no place', () => {
    writeFileSync(page, '<!-- /bench:one --> <!-- bench:one -->')
    expect(() => writeTables(page, { one: '' })).toThrow('<!-- bench:one -->')
    expect(readFileSync(page, 'utf8')).toBe('<!-- /bench:one --> <!-- bench:one -->')
  })
})

describe('a target', () => {
  it.each([
    [{ atMost: 2 }, 2, true],
    [{ atMost: 2 }, 2.01, false],
    [{ atLeast: 2 }, 2, true],
    [{ atLeast: 2 }, 1.99, false],
    [{ atMost: 2 }, Number.NaN, false],
    [{ atLeast: 2 }, Number.NaN, false],
  ])('of %o with %d holds: %s', (bar, figure, expected) => {
    expect(holds(bar, figure)).toBe(expected)
  })

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[], Number.NaN],
  ])('takes the median of %o', (figures, expected) => {
    expect(median(figures)).toBe(expected)
  })
})
