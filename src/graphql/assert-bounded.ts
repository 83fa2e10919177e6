import type { Limits } from './limits.ts'
import { refuse } from './refuse.ts'

interface GivenRequest {
  readonly query?: unknown
  readonly variables?: unknown
}

/**
 * Refuses what would take long merely to be read: to parse, to coerce, or to tell the place of an error in.
 *
 * @throws GraphQLError
 */
export function assertBounded({ query, variables }: GivenRequest, limits: Limits): void {
  if (typeof query === 'string' && query.length > limits.documentLength) {
    const advice = 'Give long texts as variables.'
    throw refuse(
      'LIMIT_EXCEEDED',
      `The document has more than ${limits.documentLength} characters. ${advice}`,
    )
  }
  let values = 0
  let level: readonly unknown[] = [variables]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.variablesDepth + 1) {
      throw refuse('BAD_USER_INPUT', `Variables are nested more than ${limits.variablesDepth} deep.`)
    }
    const below: unknown[] = []
    for (const value of level) {
      values += sizeOf(value)
      if (values > limits.variableValues) throw tooManyValues(limits.variableValues)
      if (isNested(value)) for (const inner of Object.values(value)) below.push(inner)
    }
    level = below.filter(isNested)
  }
}

function tooManyValues(limit: number) {
  const advice = 'Name fewer things in lists such as `in`, or ask in several requests.'
  return refuse('BAD_USER_INPUT', `Variables hold more than ${limit} values. ${advice}`)
}

/** Of what it holds itself, counted before anything is made of it. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  return isNested(value) ? Object.keys(value).length : 0
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
