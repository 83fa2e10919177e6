import { type ConfigSchema, maskTexts } from '../contract/index.ts'
import type { ConfigDocument } from './config-document.ts'
import type { ConfigProblem } from './config-error.ts'
import { explainIssue, explainUnknownKey } from './explain-issue.ts'
import { deepIssues, flattenUnions, type Issue, toIssue } from './issue.ts'
import type { Path } from './path.ts'
import { exampleAt, isZodSchema, keysAt, toJsonSchema } from './schema-outline.ts'
import { textsIn } from './value-mask.ts'

export interface Validation<Value> {
  /** `null` when there are problems. */
  readonly value: Value | null
  readonly problems: readonly ConfigProblem[]
}

export interface ValidationPlace {
  readonly document: ConfigDocument
  /** Where in the document the value stands. */
  readonly path: Path
  /** Keys that may stand here beside those of the schema. */
  readonly otherKeys?: readonly string[]
  /** Whether the schema is somebody else's, whose words may quote what it was given. */
  readonly isForeign?: boolean
}

/**
 * Checks a part of the file. A number or a boolean that came from the environment as text is taken for what it
 * says where the schema does not want text.
 */
export async function validate<Value>(
  schema: ConfigSchema<Value>,
  input: unknown,
  place: ValidationPlace,
): Promise<Validation<Value>> {
  const value = structuredClone(input)
  for (;;) {
    const result = await schema['~standard'].validate(value)
    if (result.issues === undefined) return { value: result.value, problems: [] }
    const issues = result.issues.map((issue) => toIssue(issue, isZodSchema(schema)))
    if (convertLiterals(value, issues, place)) continue
    return {
      value: null,
      problems: flattenUnions(issues)
        .map((issue) => (place.isForeign ? withoutValues(issue, value) : issue))
        .flatMap((issue) => toProblems(issue, schema, value, place)),
    }
  }
}

function withoutValues(issue: Issue, value: unknown): Issue {
  return { ...issue, message: maskTexts(issue.message, textsIn(value)) }
}

const literalKinds = new Set(['number', 'int', 'boolean'])

/** Whether anything was changed, so that a second look is worth it. */
function convertLiterals(
  value: unknown,
  issues: readonly Issue[],
  { document, path }: ValidationPlace,
): boolean {
  let changed = false
  for (const issue of deepIssues(issues)) {
    if (issue.code !== null && !literalKinds.has(issue.expected ?? '')) continue
    const written = valueAt(value, issue.path)
    const key = issue.path.at(-1)
    const literal = typeof written === 'string' ? toLiteral(written) : null
    if (literal === null || key === undefined) continue
    if (document.variablesAt([...path, ...issue.path]).length === 0) continue
    const parent = valueAt(value, issue.path.slice(0, -1)) as Record<string | number, unknown>
    parent[key] = literal
    changed = true
  }
  return changed
}

function toLiteral(text: string): number | boolean | null {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null
}

function toProblems(
  issue: Issue,
  schema: ConfigSchema<unknown>,
  value: unknown,
  { document, path, otherKeys = [] }: ValidationPlace,
): ConfigProblem[] {
  const fullPath = [...path, ...issue.path]
  if (document.isUnresolved(fullPath)) return []
  const outline = toJsonSchema(schema)
  if (issue.code === 'unrecognized_keys') {
    const known = [...keysAt(outline, issue.path), ...(issue.path.length === 0 ? otherKeys : [])]
    return issue.keys.map((key) =>
      document.problem([...fullPath, key], explainUnknownKey(key, known), { atKey: true }),
    )
  }
  const message = explainIssue(issue, {
    value: valueAt(value, issue.path),
    example: exampleAt(outline, issue.path),
    variables: document.variablesAt(fullPath),
  })
  return [document.problem(fullPath, message)]
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, key) =>
      parent !== null && typeof parent === 'object'
        ? (parent as Record<string | number, unknown>)[key]
        : undefined,
    value,
  )
}
