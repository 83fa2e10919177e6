import { isJsonObject, type JsonObject } from '../../http/parse-json.ts'
import { readTexts, type Wire } from '../wire/wire.ts'
import type { Asset } from './asset.ts'

/** The property of a container that says which of its versions were moved of late, and when. */
const movedProperty = 'modelgate.moved'

/** By then lists show it, also where the clocks of two gateways differ. */
const noteworthyMs = 10 * 60_000
const mostNoted = 20

/**
 * The versions that some gateway has moved a moment ago, which the lists that another one reads may not show yet. Where
 * they are now is to be looked up.
 */
export function movedOfLate(container: Asset): string[] {
  return readMoves(container).map(([version]) => version)
}

/** Noted before it is moved: one too many does no harm. */
export function withMoves(container: Asset, versions: readonly string[]): Wire {
  const others = readMoves(container).filter(([moved]) => !versions.includes(moved))
  const now = Date.now()
  const moves = [...versions.map((version) => [version, now] as const), ...others].slice(0, mostNoted)
  const own = readTexts(container.properties, 'properties')
  return { properties: { ...own, [movedProperty]: JSON.stringify(Object.fromEntries(moves)) } }
}

/** The latest first. */
function readMoves({ properties }: Asset): (readonly [string, number])[] {
  const noted = parseObject(readTexts(properties, 'properties')[movedProperty] ?? '{}')
  return Object.entries(noted)
    .flatMap(([version, time]) => (typeof time === 'number' ? [[version, time] as const] : []))
    .filter(([, time]) => Math.abs(Date.now() - time) < noteworthyMs)
    .toSorted(([, one], [, other]) => other - one)
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    // Somebody else's text; what it should say is only missing for as long as lists lag behind.
    return {}
  }
}
