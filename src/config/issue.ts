import type { ConfigIssue } from '../contract/index.ts'
import type { Path } from './path.ts'

/** What is wrong at one place; `code` and what follows it come from zod only. */
export interface Issue {
  readonly path: Path
  readonly message: string
  readonly code: string | null
  readonly expected: string | null
  readonly format: string | null
  readonly values: readonly unknown[]
  readonly keys: readonly string[]
  readonly minimum: unknown
  /** Whether the bounds themselves are allowed. */
  readonly isInclusive: boolean
  readonly maximum: unknown
  readonly origin: string | null
  /** The issues of each branch of a union. */
  readonly branches: readonly (readonly Issue[])[]
}

type RawIssue = ConfigIssue & Record<string, unknown>

export function toIssue(raw: ConfigIssue, fromZod: boolean, base: Path = []): Issue {
  const details: Record<string, unknown> = fromZod ? (raw as RawIssue) : {}
  const path = [...base, ...(raw.path ?? []).map(toPathPart)]
  const branches = listOf(details.errors) as readonly (readonly ConfigIssue[])[]
  return {
    path,
    message: raw.message,
    code: textOf(details.code),
    expected: textOf(details.expected),
    format: textOf(details.format),
    values: listOf(details.values),
    keys: listOf(details.keys).map(String),
    minimum: details.minimum,
    isInclusive: details.inclusive !== false,
    maximum: details.maximum,
    origin: textOf(details.origin),
    branches: branches.map((branch) => branch.map((issue) => toIssue(issue, fromZod, path))),
  }
}

/** Of a union, what is wrong with the branch that was most likely meant. */
export function flattenUnions(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => {
    const branches = issue.branches.map(flattenUnions)
    const meant = branches.filter(
      (branch) => !branch.some(({ path, code }) => isOfOtherType(path, code, issue)),
    )
    const known = meant.length > 0 && sharedUnknownKeys(meant)
    if (known && known.length > 0) return known
    const [closest] = meant.toSorted((a, b) => a.length - b.length)
    return closest ?? [issue]
  })
}

/** All issues, those within the branches of unions too. */
export function deepIssues(issues: readonly Issue[]): Issue[] {
  return issues.flatMap((issue) => [issue, ...issue.branches.flatMap(deepIssues)])
}

function isOfOtherType(path: Path, code: string | null, union: Issue): boolean {
  return path.length === union.path.length && (code === 'invalid_type' || code === 'invalid_value')
}

/** A key that no branch knows is the mistake itself; that the branches then miss another only follows from it. */
function sharedUnknownKeys(branches: readonly (readonly Issue[])[]): Issue[] {
  const perBranch = branches.map((branch) => branch.filter(({ code }) => code === 'unrecognized_keys'))
  const [first, ...others] = perBranch
  return (first ?? []).flatMap((issue) => {
    const keys = issue.keys.filter((key) =>
      others.every((branch) => branch.some((each) => each.keys.includes(key))),
    )
    return keys.length === 0 ? [] : [{ ...issue, keys }]
  })
}

function toPathPart(part: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof part === 'object' ? part.key : part
  return typeof key === 'symbol' ? String(key) : key
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
