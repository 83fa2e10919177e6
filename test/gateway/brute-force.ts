/** What the contract says of filters, written once more and plainly, over rows as the gateway gives them. */

import { foldCase } from '../../src/contract/index.ts'

export interface TextFilter {
  readonly eq?: string | null
  readonly ne?: string | null
  readonly in?: readonly string[] | null
  readonly contains?: string | null
  readonly startsWith?: string | null
  readonly endsWith?: string | null
  readonly ignoreCase?: boolean | null
}

interface Comparison {
  readonly eq?: number | null
  readonly gt?: number | null
  readonly gte?: number | null
  readonly lt?: number | null
  readonly lte?: number | null
}

interface Entry {
  readonly key: string
  readonly value: string
}

export interface Row {
  readonly [field: string]: unknown
  readonly tags: readonly Entry[]
  readonly aliases: readonly { readonly name: string }[]
  readonly metrics?: readonly {
    readonly key: string
    readonly value: number | null
    readonly nonFinite: string | null
  }[]
  readonly params?: readonly Entry[]
}

export interface Where {
  readonly and?: readonly Where[]
  readonly or?: readonly Where[]
  readonly not?: Where
  readonly tag?: {
    readonly key: string
    readonly value?: TextFilter | null
    readonly exists?: boolean | null
  }
  readonly metric?: { readonly key: string; readonly value: Comparison }
  readonly param?: { readonly key: string; readonly value: TextFilter }
  readonly status?: readonly string[]
  readonly [field: string]: unknown
}

const stageNames = ['eq', 'ne', 'in'] as const

export function holds(where: Where, row: Row): boolean {
  return Object.entries(where).every(([field, condition]) => holdsOne(field, condition, row))
}

function holdsOne(field: string, condition: unknown, row: Row): boolean {
  switch (field) {
    case 'and':
      return (condition as Where[]).every((inner) => holds(inner, row))
    case 'or':
      return (condition as Where[]).some((inner) => holds(inner, row))
    case 'not':
      return !holds(condition as Where, row)
    case 'tag': {
      const { key, value, exists } = condition as NonNullable<Where['tag']>
      const values = row.tags.filter((tag) => tag.key === key).map((tag) => tag.value)
      return exists === false ? values.length === 0 : some(values, value ?? {})
    }
    case 'param': {
      const { key, value } = condition as NonNullable<Where['param']>
      return some(
        (row.params ?? []).filter((param) => param.key === key).map((param) => param.value),
        value,
      )
    }
    case 'metric': {
      const { key, value } = condition as NonNullable<Where['metric']>
      if (Object.keys(value).length === 0) return true
      const metric = (row.metrics ?? []).find((each) => each.key === key)
      return metric !== undefined && metric.nonFinite !== 'NAN' && compares(numberOf(metric), value)
    }
    case 'status':
      return (condition as string[]).includes(String(row.status))
    case 'alias':
      return (
        empty(condition) ||
        some(
          row.aliases.map(({ name }) => name),
          condition as TextFilter,
        )
      )
    case 'createdAt':
    case 'updatedAt':
      return inTime(row[field] as string | null, condition as Record<string, string>)
    case 'stage':
      return empty(condition) || some(present(row.stage), anyCase(condition as TextFilter))
    case 'model':
      return empty(condition) || some(present(row.modelName), condition as TextFilter)
    default:
      return empty(condition) || some(present(row[field]), condition as TextFilter)
  }
}

function empty(condition: unknown): boolean {
  return Object.keys(condition as object).every((key) => key === 'ignoreCase')
}

function present(value: unknown): string[] {
  return typeof value === 'string' ? [value] : []
}

/** A stage that is named is found without regard to case. */
function anyCase(filter: TextFilter): TextFilter {
  const named = stageNames.some((operator) => filter[operator] !== undefined)
  return named ? { ...filter, ignoreCase: true } : filter
}

function some(values: readonly string[], filter: TextFilter): boolean {
  const fold = (text: string) => (filter.ignoreCase ? foldCase(text) : text)
  return values.some((value) => {
    const actual = fold(value)
    return (
      (filter.eq == null || actual === fold(filter.eq)) &&
      (filter.ne == null || actual !== fold(filter.ne)) &&
      (filter.in == null || filter.in.map(fold).includes(actual)) &&
      (filter.contains == null || actual.includes(fold(filter.contains))) &&
      (filter.startsWith == null || actual.startsWith(fold(filter.startsWith))) &&
      (filter.endsWith == null || actual.endsWith(fold(filter.endsWith)))
    )
  })
}

function numberOf(metric: { value: number | null; nonFinite: string | null }): number {
  if (metric.nonFinite === 'INFINITY') return Number.POSITIVE_INFINITY
  return metric.nonFinite === 'NEGATIVE_INFINITY' ? Number.NEGATIVE_INFINITY : (metric.value ?? Number.NaN)
}

function compares(actual: number, wanted: Comparison): boolean {
  return (
    (wanted.eq == null || actual === wanted.eq) &&
    (wanted.gt == null || actual > wanted.gt) &&
    (wanted.gte == null || actual >= wanted.gte) &&
    (wanted.lt == null || actual < wanted.lt) &&
    (wanted.lte == null || actual <= wanted.lte)
  )
}

function inTime(actual: string | null, wanted: Record<string, string>): boolean {
  if (Object.keys(wanted).length === 0) return true
  if (actual === null) return false
  const bounds = Object.fromEntries(
    Object.entries(wanted).map(([operator, time]) => [operator, Date.parse(time)]),
  )
  return compares(Date.parse(actual), bounds)
}
