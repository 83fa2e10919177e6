import {
  type Grant,
  type PermissionLevel,
  permissionLevels,
} from '../../../src/federation/records/permission.ts'

/** The rule which grant counts, word by word and without any preparation: see the description of `Permission`. */
export function naiveLevel(
  grants: readonly Grant[],
  caller: { readonly principal: string; readonly groups: readonly string[] },
  [registry, model]: readonly [string, string],
  otherwise: PermissionLevel,
): PermissionLevel {
  const mine = grants.filter(
    (grant) =>
      (grant.principal === caller.principal || caller.groups.includes(grant.principal)) &&
      (grant.registry === '*' || grant.registry === registry) &&
      naiveMatch(grant.model, model),
  )
  const isName = ({ model: text }: Grant) => !tokensOf(text).includes(null)
  const steps: ((grant: Grant) => number)[] = [
    (grant) => (isName(grant) ? 1 : 0),
    (grant) => (isName(grant) ? 0 : tokensOf(grant.model).length),
    (grant) => (grant.registry === '*' ? 0 : 1),
    (grant) => (grant.principal === caller.principal ? 1 : 0),
  ]
  let left = mine
  for (const step of steps) {
    const most = Math.max(...left.map(step))
    left = left.filter((grant) => step(grant) === most)
  }
  const rank = (level: PermissionLevel) => permissionLevels.indexOf(level)
  const ofPrincipals = [...new Set(left.map(({ principal }) => principal))].map((principal) =>
    Math.min(
      ...left.filter((grant) => grant.principal === principal).map(({ permission }) => rank(permission)),
    ),
  )
  return ofPrincipals.length === 0 ? otherwise : (permissionLevels[Math.max(...ofPrincipals)] ?? otherwise)
}

/** Characters, and null for a star that stands for any text. */
function tokensOf(pattern: string): (string | null)[] {
  const tokens: (string | null)[] = []
  const characters = [...pattern]
  for (let at = 0; at < characters.length; at++) {
    const [one = '', next] = [characters[at], characters[at + 1]]
    if (one === '\\' && next === '*') {
      tokens.push('*')
      at++
    } else tokens.push(one === '*' ? null : one)
  }
  return tokens
}

export function naiveMatch(pattern: string, name: string): boolean {
  const match = (tokens: readonly (string | null)[], text: readonly string[]): boolean => {
    const [token, ...others] = tokens
    if (token === undefined) return text.length === 0
    if (token === null) return text.some((_, at) => match(others, text.slice(at))) || match(others, [])
    return text[0] === token && match(others, text.slice(1))
  }
  return match(tokensOf(pattern), [...name])
}
