import * as z from 'zod'
import type { ConfigSchema } from '../contract/index.ts'
import type { Path } from './path.ts'

export interface JsonSchema {
  properties?: Record<string, JsonSchema>
  items?: JsonSchema | boolean
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  examples?: unknown[]
  default?: unknown
  type?: string | string[]
  [keyword: string]: unknown
}

/** `null` for a validator that cannot be looked into. */
export function toJsonSchema(schema: ConfigSchema<unknown>): JsonSchema | null {
  if (!isZodSchema(schema)) return null
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as JsonSchema
}

/** Zod 4: its issues and its schema say more than the Standard Schema promises. */
export function isZodSchema(schema: ConfigSchema<unknown>): schema is ConfigSchema<unknown> & z.ZodType {
  return '_zod' in schema
}

/** The keys that may stand at this place, without those that are there to say why not; empty when that is not known. */
export function keysAt(schema: JsonSchema | null, path: Path): readonly string[] {
  const keys = alternativesAt(schema, path).flatMap(({ properties }) =>
    Object.entries(properties ?? {}).flatMap(([key, { not }]) => (not === undefined ? [key] : [])),
  )
  return [...new Set(keys)]
}

/** Something that may be written at this place, as text; `null` when the schema shows nothing. */
export function exampleAt(schema: JsonSchema | null, path: Path): string | null {
  for (const { examples, default: fallback } of alternativesAt(schema, path)) {
    const example = examples?.[0] ?? fallback
    if (['string', 'number', 'boolean'].includes(typeof example)) return String(example)
    if (Array.isArray(example) && example.every(isText)) return `[${example.join(', ')}]`
  }
  return null
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function alternativesAt(schema: JsonSchema | null, path: Path): JsonSchema[] {
  let level = schema === null ? [] : flatten(schema)
  for (const part of path) level = level.flatMap((each) => childOf(each, part)).flatMap(flatten)
  return level
}

function flatten(schema: JsonSchema): JsonSchema[] {
  const nested = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  return [schema, ...nested.flatMap(flatten)]
}

function childOf(schema: JsonSchema, part: string | number): JsonSchema[] {
  const child =
    typeof part === 'number' ? schema.items : (schema.properties?.[part] ?? schema.additionalProperties)
  return typeof child === 'object' ? [child] : []
}
