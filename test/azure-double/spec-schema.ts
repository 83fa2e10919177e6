import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'

const folder = join(process.env.MODELGATE_SHARED ?? '../shared', 'backends/azure-ml/spec')

export const hasSpec = existsSync(folder)

interface Definition {
  $ref?: string
  type?: string
  properties?: Record<string, Definition>
  required?: string[]
  allOf?: Definition[]
  items?: Definition
  additionalProperties?: boolean | Definition
  enum?: unknown[]
  format?: string
  'x-nullable'?: boolean
}
type Definitions = Record<string, Definition>

const readDefinitions = (file: string): Definitions =>
  (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { definitions: Definitions }).definitions

/** Checks values against definitions of the saved OpenAPI; gives what is wrong with them. */
export const createSpecChecker = (): ((definition: string, value: unknown) => string[]) => {
  const definitions = { ...readDefinitions('common-types-v3-types.json'), ...readDefinitions('mfe.json') }
  const $defs = Object.fromEntries(
    Object.entries(definitions).map(([name, definition]) => [name, toJsonSchema(definition, definitions)]),
  )
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    formats: { 'date-time': isDateTime, uri: URL.canParse },
  })
  ajv.addSchema({ $id: 'spec', $defs })
  return (definition, value) => {
    const validate = ajv.getSchema(`spec#/$defs/${definition}`)
    if (validate === undefined) throw new Error(`the spec has no ${definition}`)
    validate(value)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

const isDateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1)

/**
 * OpenAPI 2 as JSON Schema. `allOf` becomes one object, as every part of it forbids what the others have; what
 * may be null says so in an extension; and formats of numbers are left out, as JSON knows none.
 */
const toJsonSchema = (definition: Definition, definitions: Definitions): object => {
  const schema =
    definition.$ref === undefined ? toOwnSchema(definition, definitions) : toReference(definition.$ref)
  return definition['x-nullable'] === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

const toReference = (reference: string) => ({ $ref: `#/$defs/${nameOf(reference)}` })

const toOwnSchema = (definition: Definition, definitions: Definitions): object => {
  const { type, items, additionalProperties, format } = definition
  const parts = partsOf(definition, definitions)
  const properties = parts.flatMap((part) => Object.entries(part.properties ?? {}))
  const isClosed = parts.some((part) => part.additionalProperties === false) && properties.length > 0
  const isMap = typeof additionalProperties === 'object'
  return {
    ...(type === undefined ? {} : { type }),
    ...(definition.enum === undefined ? {} : { enum: definition.enum }),
    ...(type === 'string' && format !== undefined ? { format } : {}),
    ...(items === undefined ? {} : { items: toJsonSchema(items, definitions) }),
    properties: Object.fromEntries(properties.map(([name, each]) => [name, toJsonSchema(each, definitions)])),
    required: parts.flatMap((part) => part.required ?? []),
    ...(isClosed ? { additionalProperties: false } : {}),
    ...(isMap ? { additionalProperties: toJsonSchema(additionalProperties, definitions) } : {}),
  }
}

const partsOf = (definition: Definition, definitions: Definitions): Definition[] => [
  definition,
  ...(definition.allOf ?? []).flatMap((part) => {
    const named = part.$ref === undefined ? part : definitions[nameOf(part.$ref)]
    if (named === undefined) throw new Error(`the spec has no ${part.$ref}`)
    return partsOf(named, definitions)
  }),
]
