import type * as z from 'zod'
import type { AuthConfig, ClaimNames, PermissionsConfig } from './auth-config.ts'
import type { auth, permissions } from './auth-schema.ts'
import type { ConfigDocument } from './config-document.ts'
import type { Path } from './path.ts'

type AuthFile = z.output<typeof auth>
type PermissionsFile = z.output<typeof permissions>

export function toAuth(file: AuthFile | undefined, document: ConfigDocument): AuthConfig | null {
  if (file === undefined) return null
  const { tokens, jwt, login, proxy, anonymous } = file
  return {
    tokens,
    jwt: jwt.map((issuer, index) => ({
      issuer: issuer.issuer,
      jwksUri: issuer.jwksUri ?? null,
      audience: [issuer.audience].flat(),
      algorithms: issuer.algorithms,
      ...toClaimNames(issuer),
      place: placeOf(document, ['auth', 'jwt', index, 'issuer']),
    })),
    login: login
      ? { ...login, ...toClaimNames(login), place: placeOf(document, ['auth', 'login', 'issuer']) }
      : null,
    proxy: proxy ? { user: proxy.user, groups: proxy.groups ?? null, from: proxy.from } : null,
    anonymous,
  }
}

export function toPermissions(file: PermissionsFile, document: ConfigDocument): PermissionsConfig {
  return {
    default: file.default,
    grants: file.grants.map((grant, index) => ({
      ...grant,
      place: placeOf(document, ['permissions', 'grants', index]),
    })),
  }
}

type ClaimNamesFile = Pick<AuthFile['jwt'][number], 'principal' | 'groups' | 'prefix' | 'require'>

function toClaimNames({ principal, groups, prefix, require = {} }: ClaimNamesFile): ClaimNames {
  const values = Object.entries(require).map(([name, value]) => [name, [value].flat()] as const)
  return {
    principal,
    groups: groups ?? null,
    prefix: prefix ?? '',
    require: Object.fromEntries(values),
  }
}

function placeOf(document: ConfigDocument, path: Path): string {
  const { file, line, column, key } = document.problem(path, '')
  return `${file}:${line}:${column} ${key}`
}
