import { type SqlBool, sql } from 'kysely'
import { foldCase, type TextTest } from '../../contract/index.ts'
import { countCharacters, type SqlCondition, type SqlFunctions, type SqlText } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { allOf, always, never } from './condition.ts'
import type { LeafCondition } from './pushdown.ts'

/** All tests of one value. Where a database cannot fold as the contract does, that is left to the gateway. */
export function toTextCondition(
  functions: SqlFunctions,
  text: SqlText,
  tests: readonly TextTest[],
): LeafCondition {
  const { foldCase: fold } = functions
  const conditions = tests.map((test) => {
    if (!test.ignoreCase) return toTestCondition(functions, text, test)
    return fold && toTestCondition(functions, fold(text), foldTest(test))
  })
  const pushedDown = conditions.filter((condition) => condition !== null)
  return { condition: allOf(pushedDown), exact: pushedDown.length === tests.length }
}

/** The same for a column that may have no value, which then matches nothing. */
export function toOptionalTextCondition(
  functions: SqlFunctions,
  text: SqlText,
  tests: readonly TextTest[],
): LeafCondition {
  const { condition, exact } = toTextCondition(functions, text, tests)
  return { condition: sql<SqlBool>`(${text} is not null and ${condition})`, exact }
}

function foldTest(test: TextTest): TextTest {
  return test.operator === 'in'
    ? { ...test, values: test.values.map(foldCase) }
    : { ...test, value: foldCase(test.value) }
}

function toTestCondition(functions: SqlFunctions, text: SqlText, test: TextTest): SqlCondition {
  if (test.operator === 'in') return functions.inTexts(text, test.values.filter(isStorableText))
  const { operator, value } = test
  if (!isStorableText(value)) return operator === 'ne' ? always : never
  const isPart = operator !== 'eq' && operator !== 'ne'
  if (isPart && value === '') return always
  switch (operator) {
    case 'eq':
      return sql<SqlBool>`${text} = ${value}`
    case 'ne':
      return sql<SqlBool>`${text} <> ${value}`
    case 'contains':
      return functions.contains(text, value)
    case 'startsWith':
      return sql<SqlBool>`substr(${text}, 1, ${countCharacters(value)}) = ${value}`
    case 'endsWith':
      return functions.endsWith(text, value)
  }
}
