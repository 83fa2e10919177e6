import type { Path } from './path.ts'

/** A part of the file as it is written, before anything is known of its types. */
export type Mapping = Record<string, unknown>

/** What is wrong at a place, and what to write there instead. */
export type Report = (path: Path, message: string) => void

export function recordOf(value: unknown): Mapping {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Mapping) : {}
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}
