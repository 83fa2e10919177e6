import type { permissionLevels } from './auth-schema.ts'

export type PermissionLevel = (typeof permissionLevels)[number]

/** Who may come in, and how they say who they are. */
export interface AuthConfig {
  readonly tokens: boolean
  readonly jwt: readonly JwtIssuerConfig[]
  readonly login: LoginConfig | null
  readonly proxy: ProxyConfig | null
  /** What those who have not signed in may do at most. */
  readonly anonymous: 'NO_PERMISSIONS' | 'READ'
}

/** What is made of the claims of an issuer. */
export interface ClaimNames {
  /** A dotted path of the claim that names people. */
  readonly principal: string
  readonly groups: string | null
  /** Stands before the names of people and groups; may be empty. */
  readonly prefix: string
  /** Claims, and the values of which each must have one. */
  readonly require: Readonly<Record<string, readonly ClaimValue[]>>
}

export type ClaimValue = string | number | boolean

export interface JwtIssuerConfig extends ClaimNames {
  readonly issuer: string
  /** `null`: as the issuer says. */
  readonly jwksUri: string | null
  readonly audience: readonly string[]
  readonly algorithms: readonly string[]
  /** File, line and column, for messages. */
  readonly place: string
}

export interface LoginConfig extends ClaimNames {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  readonly maxAgeHours: number
  readonly place: string
}

export interface ProxyConfig {
  /** In small letters. */
  readonly user: string
  readonly groups: string | null
  /** Addresses, or networks as `10.1.2.0/24`. */
  readonly from: readonly string[]
}

export interface PermissionsConfig {
  /** Of those who are signed in, where no grant matches. */
  readonly default: PermissionLevel
  readonly grants: readonly GrantConfig[]
}

export interface GrantConfig {
  readonly principal: string
  /** A name, or `*`. */
  readonly registry: string
  /** A name, or a pattern with `*`. */
  readonly model: string
  readonly permission: PermissionLevel
  /** File, line and column, for messages. */
  readonly place: string
}
