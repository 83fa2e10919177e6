import { isJsonObject } from '../../http/parse-json.ts'
import {
  malformed,
  readObject,
  readShownObject,
  readShownText,
  readText,
  readTexts,
  type Tags,
  type Wire,
} from '../wire/wire.ts'

/** A container or a version as Azure gives it. */
export interface Asset {
  /** Of a version: the version. */
  readonly name: string
  /** Everything of it that can be written, and more. */
  readonly properties: Wire
  readonly tags: Tags
  /** As they stand on the wire, to a tenth of a microsecond. */
  readonly createdAt: string
  readonly modifiedAt: string
  readonly systemData: Wire
}

export function toAsset(wire: unknown): Asset {
  if (!isJsonObject(wire)) throw malformed('value')
  const properties = readObject(wire, 'properties')
  const systemData = readShownObject(wire, 'systemData')
  return {
    name: readText(wire, 'name'),
    properties,
    tags: readTexts(properties, 'tags'),
    createdAt: readShownText(systemData, 'createdAt') ?? '',
    modifiedAt: readShownText(systemData, 'lastModifiedAt') ?? '',
    systemData,
  }
}

export function isNewer(asset: Asset, than: Asset): boolean {
  return isLater(asset.modifiedAt, than.modifiedAt)
}

/** Zeros at the end of a second are left out on the wire, so texts alone do not compare. */
export function isLater(time: string, than: string): boolean {
  return toSortable(time) > toSortable(than)
}

function toSortable(time: string): string {
  const [, seconds = '', fraction = ''] = /^(.{19})(?:\.(\d+))?/.exec(time) ?? []
  return `${seconds}.${fraction.padEnd(9, '0')}`
}
