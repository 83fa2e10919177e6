import { suggestName } from './closest-name.ts'
import type { Issue } from './issue.ts'

export interface IssueContext {
  readonly value: unknown
  /** What may be written instead. */
  readonly example: string | null
  /** The environment variables it was made from. */
  readonly variables: readonly string[]
}

const kinds: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping (key: value)',
  record: 'a mapping (key: value)',
  array: 'a list',
}

const formats: Record<string, string> = {
  url: 'a URL',
  email: 'an e-mail address',
  uuid: 'a UUID',
  guid: 'a UUID',
}

/** What is wrong; what to write instead. */
export function explainIssue(issue: Issue, context: IssueContext): string {
  if (context.value === undefined && issue.code !== 'custom' && issue.code !== null)
    return explainMissing(context)
  const { wrong, instead } = explainPresent(issue, context)
  const origin = context.variables.map((name) => `\${${name}}`).join(', ')
  const from = origin === '' ? '' : ` (the value comes from ${origin})`
  return instead === null ? `${wrong}${from}` : `${wrong}${from}; ${instead}`
}

export function explainUnknownKey(key: string, known: readonly string[]): string {
  return `is not a key that is known here; ${suggestName(key, known)}`
}

function explainMissing({ example }: IssueContext): string {
  return example === null ? 'is missing; add it' : `is missing; write for example ${example}`
}

interface Explanation {
  readonly wrong: string
  readonly instead: string | null
}

function explainPresent(issue: Issue, context: IssueContext): Explanation {
  const instead = context.example === null ? null : `write for example ${context.example}`
  switch (issue.code) {
    case 'invalid_type':
      return explainType(issue, context, instead)
    case 'invalid_union':
      return { wrong: explainUnion(issue), instead }
    case 'invalid_value':
      return explainChoice(issue, context)
    case 'invalid_format': {
      const format = formats[issue.format ?? '']
      return format === undefined
        ? { wrong: issue.message, instead: null }
        : { wrong: `must be ${format}`, instead: instead ?? formatExample(issue) }
    }
    case 'too_small':
      return {
        wrong: explainBound(issue, issue.isInclusive ? 'at least' : 'more than', issue.minimum),
        instead,
      }
    case 'too_big':
      return {
        wrong: explainBound(issue, issue.isInclusive ? 'at most' : 'less than', issue.maximum),
        instead,
      }
    default:
      return { wrong: issue.message, instead: null }
  }
}

function explainType(issue: Issue, context: IssueContext, instead: string | null): Explanation {
  const expected = kinds[issue.expected ?? ''] ?? issue.expected ?? 'something else'
  if (context.value === null) {
    return {
      wrong: `is empty but must be ${expected}`,
      instead: instead ?? 'fill it in or leave the key out',
    }
  }
  const isLiteral = typeof context.value === 'number' || typeof context.value === 'boolean'
  if (issue.expected === 'string' && isLiteral) {
    return {
      wrong: `must be text, not ${kindOf(context.value)}`,
      instead: 'put it into quotes',
    }
  }
  return { wrong: `must be ${expected}, not ${kindOf(context.value)}`, instead }
}

function explainChoice(issue: Issue, { value, variables }: IssueContext): Explanation {
  const choices = issue.values.map(String)
  const isShown = typeof value === 'string' && variables.length === 0
  const instead = isShown ? suggestName(value, choices) : `write one of ${choices.join(', ')}`
  return { wrong: choices.length === 1 ? `must be ${choices[0]}` : 'is not one of the choices', instead }
}

function explainUnion({ branches, message }: Issue): string {
  const expected = branches.flat().flatMap((issue) => {
    if (issue.code === 'invalid_value') return issue.values.map((value) => `"${String(value)}"`)
    return issue.code === 'invalid_type' ? [kinds[issue.expected ?? ''] ?? issue.expected ?? ''] : []
  })
  return expected.length === 0 ? message : `must be ${[...new Set(expected)].join(' or ')}`
}

function explainBound(issue: Issue, words: string, bound: unknown): string {
  if (issue.origin === 'string') {
    return bound === 1 && words === 'at least'
      ? 'must not be empty'
      : `must have ${words} ${bound} characters`
  }
  if (issue.origin === 'array') {
    return bound === 1 && words === 'at least' ? 'must not be empty' : `must have ${words} ${bound} entries`
  }
  return `must be ${words} ${bound}`
}

function formatExample({ format }: Issue): string | null {
  return format === 'url' ? 'write for example http://mlflow.example.com:5000' : null
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value !== null && typeof value === 'object') return 'a mapping'
  if (typeof value === 'boolean') return 'true or false'
  return typeof value === 'number' ? 'a number' : 'text'
}
