import { RegistryError } from '../../../contract/index.ts'
import { isJsonObject, type JsonObject } from '../../http/parse-json.ts'

/** A JSON object of Azure's: what is not set is left out, or null. */
export type Wire = JsonObject

export type Tags = Readonly<Record<string, string | null>>

/** What they are is asked of each, so that one that is none spoils no others. */
export function readList(wire: Wire, field: string): readonly unknown[] {
  const value = wire[field] ?? []
  if (!Array.isArray(value)) throw malformed(field)
  return value
}

export function readObject(wire: Wire, field: string): Wire {
  const value = wire[field] ?? {}
  if (!isJsonObject(value)) throw malformed(field)
  return value
}

export function readText(wire: Wire, field: string): string {
  const value = wire[field]
  if (typeof value !== 'string') throw malformed(field)
  return value
}

/** An empty text is none. */
export function readOptionalText(wire: Wire, field: string): string | null {
  const value = wire[field] ?? ''
  if (typeof value !== 'string') throw malformed(field)
  return value === '' ? null : value
}

/** For what is only shown: what is no text says nothing, and is no reason to show nothing else. */
export function readShownText(wire: Wire, field: string): string | null {
  const value = wire[field]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The same for what is no object: nothing is in it. */
export function readShownObject(wire: Wire, field: string): Wire {
  const value = wire[field]
  return isJsonObject(value) ? value : {}
}

/** The same for what is no time. */
export function readTime(wire: Wire, field: string): Date | null {
  const text = readShownText(wire, field)
  const time = text === null ? null : new Date(text)
  return time === null || Number.isNaN(time.getTime()) ? null : time
}

/** `tags` and `properties` of an asset. */
export function readTexts(wire: Wire, field: string): Tags {
  const texts = readObject(wire, field)
  if (Object.values(texts).every((text) => text === null || typeof text === 'string')) return texts as Tags
  throw malformed(field)
}

export function malformed(field: string): RegistryError {
  return new RegistryError(
    'REGISTRY_ERROR',
    `The registry sent an answer whose "${field}" is not as Azure writes it: check that endpoint leads to Azure Resource Manager.`,
  )
}
