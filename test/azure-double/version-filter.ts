import { featuresOf } from './api-version.ts'
import type { TextMap, VersionRecord } from './asset-records.ts'
import type { AzureCall } from './azure-call.ts'

/** The parameters of a version list that choose rows. */
export const toVersionFilter = ({ url, apiVersion }: AzureCall): ((row: VersionRecord) => boolean) => {
  const parameter = (name: string) => url.searchParams.get(name) ?? undefined
  const version = parameter('version')
  const description = parameter('description')
  const stage = featuresOf(apiVersion).filtersByStage ? parameter('stage') : undefined
  const tags = toPairs(parameter('tags'))
  const properties = toPairs(parameter('properties'))
  return (row) =>
    (version === undefined || row.version === version) &&
    (description === undefined || row.description === description) &&
    (stage === undefined || row.stage === stage) &&
    holdsAll(row.tags, tags) &&
    holdsAll(row.properties, properties)
}

/** `tag1,tag2=value2` */
const toPairs = (text: string | undefined): [key: string, value: string | undefined][] =>
  (text ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=')
      return equals < 0 ? [part, undefined] : [part.slice(0, equals), part.slice(equals + 1)]
    })

const holdsAll = (texts: TextMap, pairs: readonly [string, string | undefined][]): boolean =>
  pairs.every(([key, value]) => Object.hasOwn(texts, key) && (value === undefined || texts[key] === value))
