import { RegistryError } from '../../../contract/index.ts'
import { isJsonObject, type JsonObject } from '../../http/parse-json.ts'

/** A JSON object of MLflow's. Unset fields are left out, empty lists too, so every field may be missing. */
export type Wire = JsonObject

export function readList(wire: Wire, field: string): readonly Wire[] {
  const items = readItems(wire, field)
  if (!items.every(isJsonObject)) throw malformed(field)
  return items
}

/** Of which each is read for itself: one that is no object lacks all of its fields, and spoils no others. */
export function readRecords(wire: Wire, field: string): readonly Wire[] {
  return readItems(wire, field).map((item) => (isJsonObject(item) ? item : {}))
}

function readItems(wire: Wire, field: string): readonly unknown[] {
  const value = wire[field] ?? []
  if (!Array.isArray(value)) throw malformed(field)
  return value
}

/** Of what is only shown: what is no object says nothing, and is no reason to show nothing else. */
export function readShownList(wire: Wire, field: string): readonly Wire[] {
  const value = wire[field]
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

export function readObject(wire: Wire, field: string): Wire {
  const value = wire[field]
  if (!isJsonObject(value)) throw malformed(field)
  return value
}

/** A text that has to be there. */
export function readText(wire: Wire, field: string): string {
  const value = wire[field]
  if (typeof value !== 'string') throw malformed(field)
  return value
}

/** MLflow leaves out what is not set, or gives an empty text. What is no text says nothing. */
export function readOptionalText(wire: Wire, field: string): string | null {
  const value = wire[field]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The last moment of the year 9999, behind which no date is written with four digits. */
const lastTime = Date.UTC(10_000, 0) - 1

/**
 * Epoch milliseconds, as a number; proxies that go through protobuf's own JSON make texts of them. Whoever writes may
 * have taken another unit, and then it is no time.
 */
export function readTime(wire: Wire, field: string): Date | null {
  const value = wire[field]
  const milliseconds = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  return Math.abs(milliseconds) <= lastTime && value !== '' ? new Date(milliseconds) : null
}

/** Those of which both parts can be read. */
export function readPairs(wire: Wire, field: string): { key: string; value: string }[] {
  return toPairs(readList(wire, field))
}

export function readShownPairs(wire: Wire, field: string): { key: string; value: string }[] {
  return toPairs(readShownList(wire, field))
}

function toPairs(items: readonly Wire[]): { key: string; value: string }[] {
  const pairs: { key: string; value: string }[] = []
  for (const { key, value = '' } of items)
    if (typeof key === 'string' && typeof value === 'string') pairs.push({ key, value })
  return pairs
}

export function malformed(field: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The registry sent an answer whose "${field}" is not as MLflow writes it: check that its url leads to an MLflow server.`,
  )
}
