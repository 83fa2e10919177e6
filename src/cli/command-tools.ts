import type { GatewayConfig, RegistryConfig } from '../config/index.ts'
import type { Adapter, AdapterDefinition, Logger } from '../contract/index.ts'
import type { Catalog } from '../federation/catalog/catalog.ts'
import type { LogicalUpkeep } from '../federation/logical/logical-upkeep.ts'
import type { Federation } from '../federation/session/federation.ts'
import type { ApiTokens } from '../state/api-tokens/api-tokens.ts'
import type { CleanUps } from '../stores/clean-ups.ts'

export interface Output {
  write(text: string): unknown
  /** Whether a person is watching. */
  readonly isTTY?: boolean
}

export interface RunningGateway {
  /** The address, without a path. */
  readonly url: string
  /** How long {@link close} may take at most, but for a moment. */
  readonly graceMs: number
  /** How its registries are, by name. Those that have not answered within that time are left out. */
  registryStates(withinMs: number): Promise<RegistryStates>
  /** Answers the requests in flight, waits for writes, then lets go of everything. */
  close(): Promise<void>
}

export type RegistryStates = ReadonlyMap<string, { readonly state: string; readonly message: string | null }>

export type StartGateway = (
  config: GatewayConfig,
  options: { readonly empty: boolean; readonly log: Logger; readonly logRequests: boolean },
) => Promise<RunningGateway>

/** Connects registries one by one, with what they share. */
export interface RegistryConnector {
  connect(registry: RegistryConfig): Promise<Adapter>
  /** What writes have left behind; null where no gateway has run yet. */
  cleanUps(): Promise<Pick<CleanUps, 'list' | 'forget'> | null>
  close(): Promise<void>
}

/** All registries, with what keeps writers apart. */
export interface OpenFederation {
  readonly federation: Federation
  readonly catalog: Catalog
  readonly upkeep: LogicalUpkeep
  close(): Promise<void>
}

/** The tokens of a gateway, which need not run. */
export interface OpenTokens {
  readonly tokens: Pick<ApiTokens, 'add' | 'list' | 'remove'>
  close(): Promise<void>
}

/** Everything the commands do not make themselves. */
export interface CommandTools {
  readonly version: string
  readonly env: NodeJS.ProcessEnv
  readonly directory: string
  readonly stdout: Output
  readonly stderr: Output
  readonly builtIns: Readonly<Record<string, AdapterDefinition>>
  readonly startGateway: StartGateway
  /** What would keep a gateway from starting with its own database, or null. */
  findDatabaseProblem(config: GatewayConfig, log: Logger): Promise<string | null>
  createConnector(config: GatewayConfig, log: Logger): RegistryConnector | Promise<RegistryConnector>
  openFederation(config: GatewayConfig, log: Logger): Promise<OpenFederation>
  openTokens(config: GatewayConfig, log: Logger): Promise<OpenTokens>
}
