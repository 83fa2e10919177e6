import type { ClaimNames } from '../config/auth-config.ts'
import { commandLinePrefix } from '../config/command-line-prefix.ts'
import { RefusedCredential } from './refused-credential.ts'

const longestName = 256
const mostGroups = 1000

/** Makes principals of what issuers call people and groups, so that no issuer can name those of another. */
export class Names {
  readonly #reserved: readonly string[]

  /** @param prefixes of all issuers. */
  constructor(prefixes: readonly string[]) {
    this.#reserved = prefixes.filter((prefix) => prefix !== '')
  }

  /** @throws RefusedCredential */
  principal(name: unknown, prefix: string): string {
    if (typeof name !== 'string' && typeof name !== 'number') {
      throw new RefusedCredential('it does not say whose it is')
    }
    const full = `${prefix}${name}`
    if (!isName(String(name)) || full === 'anonymous') {
      throw new RefusedCredential('it names nobody that can be told from others')
    }
    if (this.#isOfOthers(full, prefix)) {
      throw new RefusedCredential("its name begins as another issuer's names do")
    }
    return `user:${full}`
  }

  /** Without those that could be others'. */
  groups(names: readonly string[], prefix: string): string[] {
    const own = [...new Set(names)].filter((name) => isName(name) && !this.#isOfOthers(prefix + name, prefix))
    return own.slice(0, mostGroups).map((name) => `group:${prefix}${name}`)
  }

  #isOfOthers(full: string, prefix: string): boolean {
    const isOfCommands = full.startsWith(commandLinePrefix)
    return (
      isOfCommands || this.#reserved.some((other) => other.length > prefix.length && full.startsWith(other))
    )
  }
}

/** Nothing that could be taken for something else in a log, or that a database cannot keep. */
export function isName(name: string): boolean {
  return name !== '' && name.length <= longestName && name.isWellFormed() && !/[\p{Cc}\p{Cf}]/u.test(name)
}

/** Reads the claims of an issuer as its configuration says. */
export function nameByClaims(
  claims: Readonly<Record<string, unknown>>,
  { principal, groups, prefix, require }: ClaimNames,
  names: Names,
): { readonly principal: string; readonly groups: readonly string[] } {
  for (const [claim, wanted] of Object.entries(require)) {
    const given = [claimAt(claims, claim)].flat()
    if (!given.some((value) => wanted.includes(value as string))) {
      throw new RefusedCredential(`its claim ${claim} is not as required`)
    }
  }
  return {
    principal: names.principal(claimAt(claims, principal), prefix),
    groups: groups === null ? [] : names.groups(toList(claimAt(claims, groups)), prefix),
  }
}

/** A claim may have dots in its own name, as those with a namespace do. */
function claimAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  const [first = '', ...rest] = path.split('.')
  const below = Object.hasOwn(claims, first) ? claims[first] : undefined
  if (rest.length === 0 || below === null || typeof below !== 'object') return undefined
  return claimAt(below as Record<string, unknown>, rest.join('.'))
}

function toList(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/\s+/)
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
