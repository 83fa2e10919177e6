import { gatewaySchema, registryKeys } from '../src/config/gateway-schema.ts'
import { type JsonSchema, toJsonSchema } from '../src/config/schema-outline.ts'
import type { ConfigSchema } from '../src/contract/index.ts'

export type ConfigurableAdapters = Readonly<Record<string, { readonly configSchema: ConfigSchema<unknown> }>>

/** JSON Schema of `modelgate.yaml`, for editors; the gateway itself checks more and says it better. */
export function createConfigJsonSchema(builtIns: ConfigurableAdapters): JsonSchema {
  const { $schema, ...file } = outlineOf(gatewaySchema)
  const registries = file.properties?.registries ?? {}
  const registry = registries.items as JsonSchema
  const variants = Object.entries(builtIns).map(([name, definition]) => toVariant(registry, name, definition))
  const items = { oneOf: [...variants, toPlugInVariant(registry, Object.keys(builtIns))] }
  return {
    $schema,
    title: 'modelgate.yaml',
    ...file,
    properties: mapValues(file.properties ?? {}, (property, name) =>
      name === 'registries' ? { ...registries, items } : allowVariables(property),
    ),
    patternProperties: { '^x-': { description: 'Anything, for YAML anchors that other keys refer to.' } },
  }
}

/** A built-in adapter has its keys beside those of the gateway. */
function toVariant(
  registry: JsonSchema,
  name: string,
  { configSchema }: ConfigurableAdapters[string],
): JsonSchema {
  const options = outlineOf(configSchema)
  return {
    title: `adapter: ${name}`,
    type: 'object',
    properties: {
      ...ownProperties(registry),
      adapter: { const: name, description: registryKeys.adapter.description },
      ...mapValues(options.properties ?? {}, allowVariables),
    },
    required: [...requiredOf(registry), ...requiredOf(options)],
    additionalProperties: false,
  }
}

/** A plug-in has its keys under `options`, and what they are only it knows. */
function toPlugInVariant(registry: JsonSchema, builtIns: readonly string[]): JsonSchema {
  return {
    title: 'adapter: a plug-in',
    type: 'object',
    properties: {
      ...ownProperties(registry),
      adapter: {
        type: 'string',
        pattern: `^(?!(${builtIns.join('|')})$)`,
        description: registryKeys.adapter.description,
      },
      options: { type: 'object', description: "The plug-in's own keys." },
    },
    required: requiredOf(registry),
    additionalProperties: false,
  }
}

function ownProperties({ properties = {} }: JsonSchema): Record<string, JsonSchema> {
  return mapValues(properties, allowVariables)
}

function requiredOf({ required }: JsonSchema): string[] {
  return Array.isArray(required) ? required.map(String) : []
}

function outlineOf(schema: ConfigSchema<unknown>): JsonSchema {
  const outline = toJsonSchema(schema)
  if (outline === null) throw new Error('the schema of a built-in adapter must be made with zod')
  return outline
}

const variable: JsonSchema = { type: 'string', pattern: '\\$\\{' }
const narrowing = ['pattern', 'format', 'enum']

/** Whatever is not just any text may also stand in the environment. */
function allowVariables(schema: JsonSchema): JsonSchema {
  const isNarrowText = schema.type === 'string' && narrowing.some((keyword) => keyword in schema)
  if (isNarrowText || ['integer', 'number', 'boolean'].includes(String(schema.type))) {
    const { description, default: fallback, examples, ...rest } = schema
    const shown = withoutUndefined({ description, default: fallback, examples })
    return { ...shown, anyOf: [rest, variable] }
  }
  const nested: JsonSchema = { ...schema }
  if (schema.properties) nested.properties = mapValues(schema.properties, allowVariables)
  if (typeof schema.items === 'object') nested.items = allowVariables(schema.items)
  if (schema.anyOf) nested.anyOf = schema.anyOf.map(allowVariables)
  if (schema.oneOf) nested.oneOf = schema.oneOf.map(allowVariables)
  return nested
}

function mapValues(
  properties: Record<string, JsonSchema>,
  change: (property: JsonSchema, name: string) => JsonSchema,
): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, change(property, name)]),
  )
}

function withoutUndefined(keywords: Record<string, unknown>): JsonSchema {
  return Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined))
}
