import type { AdapterDefinition } from '../contract/index.ts'
import type { AuthConfig, PermissionsConfig } from './auth-config.ts'
import type { CatalogConfig } from './catalog-config.ts'

/** What `modelgate.yaml` says, checked and with every default filled in. */
export interface GatewayConfig {
  /** Absolute; `null` when there was no file. */
  readonly file: string | null
  /** The ladder, lowest first. */
  readonly environments: readonly string[]
  /** In the order of the file. */
  readonly registries: readonly (RegistryConfig | BrokenRegistryConfig)[]
  /** The first rule that matches a model decides. */
  readonly logicalModels: readonly LogicalModelRule[]
  readonly database: { readonly url: string }
  readonly server: ServerConfig
  /** `null`: nobody is asked who they are, and everybody may do everything. */
  readonly auth: AuthConfig | null
  /** Principals who may do everything, such as `user:ann` or `group:platform`. */
  readonly administrators: readonly string[]
  readonly permissions: PermissionsConfig
  readonly limits: LimitsConfig
  readonly federation: FederationConfig
  /** How long events are kept. */
  readonly keepEventsMs: number
  /** What was taken from the environment, so that it can be kept out of texts. */
  readonly environmentValues: readonly EnvironmentValue[]
}

interface RegistrySettings {
  readonly name: string
  /** As written in the file: a built-in adapter's name, or a plug-in's path or package. */
  readonly adapter: string
  /** `null`: its models' environments come from the rules under `logicalModels`. */
  readonly environment: string | null
  readonly readOnly: boolean
  readonly timeoutMs: number
  readonly maxConcurrency: number
  readonly circuit: CircuitConfig
  /** How it is kept in the catalog; `null`: not at all. */
  readonly catalog: CatalogConfig | null
}

export interface RegistryConfig extends RegistrySettings {
  readonly broken: null
  readonly definition: AdapterDefinition
  /** Validated by the definition's `configSchema`. */
  readonly options: unknown
}

/** A registry whose plug-in cannot be used; the others start without it. */
export interface BrokenRegistryConfig extends RegistrySettings {
  /** What is wrong with the plug-in and what to do. */
  readonly broken: string
  /** What it threw, for the log. */
  readonly cause: unknown
}

export interface CircuitConfig {
  /** Failures in a row that open it. */
  readonly failures: number
  readonly probeIntervalMs: number
}

/** `registry` is a pattern of names; `name` one with `{name}` and perhaps `{environment}`; or a `tag` holds the name. */
export interface LogicalModelRule {
  readonly registry: string
  readonly name?: string | undefined
  readonly tag?: string | undefined
}

export interface ServerConfig {
  readonly host: string
  readonly port: number
  /** Where clients reach it; `null`: under the name they use. */
  readonly publicUrl: string | null
  readonly allowedHosts: readonly string[]
  /** Whose word to take for a client's address: of all, of none, or of proxies at these addresses. */
  readonly trustProxy: boolean | readonly string[]
  readonly tls: TlsFiles | null
  readonly cors: { readonly origins: readonly string[]; readonly credentials: boolean }
  /** For how long an answer may be given again; 0: not at all. */
  readonly answersKeptMs: number
}

/** PEM texts. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
}

export interface LimitsConfig {
  readonly maxDepth: number
  readonly maxTokens: number
  readonly maxAliases: number
  readonly maxConnections: number
  readonly maxSubscriptions: number
}

export interface FederationConfig {
  /** Rows up to which a source that cannot keep the asked order is read whole. */
  readonly readBound: number
  /** For all the files of one copy between registries. */
  readonly copyTimeoutMs: number
  /** Of all the files of one copy together. */
  readonly copyMaxBytes: number
  /** For how long nothing of it may move. */
  readonly copyStallMs: number
}

export interface EnvironmentValue {
  readonly variable: string
  readonly value: string
}
