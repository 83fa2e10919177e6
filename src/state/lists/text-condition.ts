import { type SqlBool, sql } from 'kysely'
import type { TextTest } from '../../contract/index.ts'
import type { SqlCondition, SqlFunctions, SqlText } from '../sql-functions.ts'
import { isStorableText } from '../storable-text.ts'
import { allOf, always, never } from './condition.ts'
import type { LeafCondition } from './pushdown.ts'

/** All tests of one value. Databases do not agree on lower case, so `ignoreCase` is left to the gateway. */
export function toTextCondition(
  functions: SqlFunctions,
  text: SqlText,
  tests: readonly TextTest[],
): LeafCondition {
  const exactTests = tests.filter((test) => !test.ignoreCase)
  const conditions = exactTests.map((test) => toTestCondition(functions, text, test))
  return { condition: allOf(conditions), exact: exactTests.length === tests.length }
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

function toTestCondition(functions: SqlFunctions, text: SqlText, test: TextTest): SqlCondition {
  if (test.operator === 'in') return functions.inTexts(text, test.values.filter(isStorableText))
  const { operator, value } = test
  if (!isStorableText(value)) return operator === 'ne' ? always : never
  switch (operator) {
    case 'eq':
      return sql<SqlBool>`${text} = ${value}`
    case 'ne':
      return sql<SqlBool>`${text} <> ${value}`
    case 'contains':
      return value === '' ? always : functions.contains(text, value)
    case 'startsWith':
      return sql<SqlBool>`substr(${text}, 1, ${countCharacters(value)}) = ${value}`
    case 'endsWith':
      return toEndCondition(text, value)
  }
}

function toEndCondition(text: SqlText, end: string): SqlCondition {
  const length = countCharacters(end)
  return sql<SqlBool>`(length(${text}) >= ${length} and substr(${text}, length(${text}) - ${length} + 1) = ${end})`
}

/** As both databases count: code points. */
function countCharacters(text: string): number {
  return [...text].length
}
