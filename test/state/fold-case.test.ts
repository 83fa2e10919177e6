import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { foldCase } from '../../src/contract/index.ts'
import { toTextCondition } from '../../src/state/lists/text-condition.ts'
import { foldCaseFunction } from '../../src/state/postgres-fold-case.ts'
import { postgresFunctions } from '../../src/state/sql-functions.ts'
import { memory } from './database-source.ts'
import { describeFoldCase, foldedLetters } from './fold-case-suite.ts'

describeFoldCase(memory)

test('databases that have the function of another folding are told apart by its name', () => {
  const foldings = foldedLetters.map((letter) => `${letter} ${foldCase(letter)}`).join('\n')
  const digest = createHash('sha256').update(foldings).digest('hex').slice(0, 16)
  // Whoever changes how texts are folded counts up the edition in the name, and writes both down here.
  expect({ [foldCaseFunction]: digest }).toEqual({ modelgate_fold_case_1_17_0: 'f17c74fee574a46b' })
})

test('a database that cannot fold leaves what ignores case to the gateway, and nothing else', () => {
  const plain = { operator: 'eq', value: 'a', ignoreCase: false } as const
  const functions = { ...postgresFunctions, foldCase: null }
  const text = sql<string>`name`
  expect(toTextCondition(functions, text, [plain]).exact).toBe(true)
  const mixed = toTextCondition(functions, text, [plain, { ...plain, ignoreCase: true }])
  expect(mixed.exact).toBe(false)
  expect(toTextCondition(postgresFunctions, text, [plain, { ...plain, ignoreCase: true }]).exact).toBe(true)
})
