import type { AssetBody, TextMap, VersionBody } from './asset-records.ts'
import { badArgument, gatewayError } from './azure-error.ts'

export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw gatewayError(
      400,
      'InvalidRequestContent',
      `The request content was invalid and could not be deserialized: '${(error as Error).message}'.`,
    )
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTextMap = (value: unknown): value is TextMap =>
  isRecord(value) && Object.values(value).every((text) => text === null || typeof text === 'string')

const isFlavors = (value: unknown): boolean =>
  isRecord(value) &&
  Object.values(value).every(
    (flavor) => flavor === null || (isRecord(flavor) && (flavor.data == null || isTextMap(flavor.data))),
  )

const isText = (value: unknown) => typeof value === 'string'
const isBoolean = (value: unknown) => typeof value === 'boolean'

const containerFields = {
  description: isText,
  tags: isTextMap,
  properties: isTextMap,
  isArchived: isBoolean,
}
const versionFields = {
  ...containerFields,
  isAnonymous: isBoolean,
  flavors: isFlavors,
  modelType: isText,
  modelUri: isText,
  jobName: isText,
  stage: isText,
}

const pickFields = (body: string, fields: Record<string, (value: unknown) => boolean>): object => {
  const whole = parseJson(body)
  if (!isRecord(whole) || !isRecord(whole.properties))
    throw badArgument('The properties field is required.', 'RequestInvalid')
  const { properties } = whole
  for (const [name, isRight] of Object.entries(fields)) {
    const value = properties[name]
    if (value !== undefined && value !== null && !isRight(value))
      throw badArgument(`The value of properties.${name} could not be converted.`, 'RequestInvalid')
  }
  return Object.fromEntries(
    Object.keys(fields).flatMap((name) => (name in properties ? [[name, properties[name]]] : [])),
  )
}

export const toContainerBody = (body: string): AssetBody => pickFields(body, containerFields)
export const toVersionBody = (body: string): VersionBody => pickFields(body, versionFields)
