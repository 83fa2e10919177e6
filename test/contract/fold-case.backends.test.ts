import { expect, inject, test } from 'vitest'
import { foldCase } from '../../src/contract/index.ts'
import { runPython } from '../environment/python.ts'

const script = `
import unicodedata
result = {
  'points': [code for code in range(0x110000) if unicodedata.category(chr(code)) not in ('Cn', 'Cs')],
  'folded': {code: chr(code).casefold() for code in range(0x110000) if chr(code).casefold() != chr(code)},
}
`

test('every character folds as in another implementation of Unicode', { timeout: 60_000 }, async () => {
  const { python } = inject('mlflow')['3.17.2']
  const { points, folded } = await runPython<{ points: number[]; folded: Record<string, string> }>(
    python,
    script,
  )
  // Capitals that came with later releases of Unicode than this Python knows have a small letter that it does not.
  const known = new Set(points)
  const other = points.filter((point) => {
    const character = String.fromCodePoint(point)
    const ours = foldCase(character)
    return (
      ours !== (folded[point] ?? character) && [...ours].every((each) => known.has(each.codePointAt(0) ?? 0))
    )
  })
  expect(other.map((point) => point.toString(16))).toEqual([])
  expect(Object.keys(folded).length).toBeGreaterThan(1400)
})
