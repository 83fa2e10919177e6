import type { ArtifactExports, ArtifactImports } from './artifact-transfer.ts'
import type { ChangeReads } from './changes.ts'
import type { AliasReads, ArtifactReads, Call, Logger, ModelReads, RunReads, VersionReads } from './reads.ts'
import type { TextUnit } from './text-length.ts'
import type { CopyWrites, RegistryWrites } from './writes.ts'

/** NATIVE: the backend's own. EMULATED: made from something else, such as tags. */
export type CapabilityLevel = 'NATIVE' | 'EMULATED' | 'NONE'

/** A rule of the backend for what it accepts. */
export interface NamingRule {
  /** An ECMAScript pattern with the `u` flag that takes in exactly what the backend does. */
  readonly pattern: string
  /** The same for people, to stand after "must be": such as `1 to 255 letters, digits, "_" and "-"`. */
  readonly words: string
}

/**
 * What the backend accepts. The gateway refuses everything else before it writes anything; `null` leaves it to the
 * backend. `latest` in any case and `v` with digits are never aliases, whatever stands here.
 */
export interface NamingRules {
  readonly modelName: NamingRule | null
  readonly alias: NamingRule | null
  readonly tagKey: NamingRule | null
  /** Where not every text is a value, whatever its length. */
  readonly tagValue: NamingRule | null
  /** In `tagValueUnit`. */
  readonly tagValueMaxLength: number | null
  /** What the backend counts the length of a tag's value in; left out, UTF-16 code units. See {@link textLength}. */
  readonly tagValueUnit?: TextUnit
  /** Of models and of versions. */
  readonly description: NamingRule | null
  /** What {@link NewVersion.source} may be, such as how long. Left out or `null`, it is left to the backend. */
  readonly source?: NamingRule | null
}

/** What a registry is, found out by asking it. */
export interface RegistryDescription {
  readonly serverVersion: string | null
  /**
   * How each capability comes about. NONE, and only then, where its facet is missing: of `stages` where there are none
   * below, of the last two where there are no `writes`. A plug-in that declares what it does not have is not asked.
   */
  readonly levels: {
    /**
     * Of models and of versions. With NONE every read says `tags: []`, none are given to any write, and there is no
     * `setTags`. Left out: NONE where there are `writes` and none of them sets tags, else NATIVE.
     */
    readonly tags?: CapabilityLevel
    readonly aliases: CapabilityLevel
    readonly stages: CapabilityLevel
    readonly runs: CapabilityLevel
    readonly artifacts: CapabilityLevel
    /**
     * NATIVE: `expected` in writes holds among all writers, as look and write are one step of the backend, and no write
     * undoes another one. Anything else is NONE: of the gateways on one database one writer at a time has a model, so
     * that an adapter may look, and then write what it has seen and changed.
     */
    readonly compareAndSet: 'NATIVE' | 'NONE'
    /** NATIVE: every `idempotencyKey` in writes is heeded. Anything else is NONE: the gateway looks before it repeats. */
    readonly idempotency: 'NATIVE' | 'NONE'
  }
  /** Every stage there is, in the registry's spelling; `[]` where it knows no stages. */
  readonly stages: readonly string[]
  /** Whether versions are always integers. */
  readonly integerVersions: boolean
  readonly naming: NamingRules
  /** For people: `field.operator`, such as `name.eq`, `tag.eq`, `createdAt.gte`. */
  readonly pushedDownFilters: readonly string[]
  /** For people: such as `name`, `createdAt`. */
  readonly pushedDownOrders: readonly string[]
  /** What is wrong or worth knowing, in words a person can act on; shown by `modelgate check`. */
  readonly notices: readonly string[]
}

/** Something that the adapter takes for true of its backend, and that can be tried. */
export interface Probe {
  /** To stand after "Tried to", such as `list the versions of a model that is not there`. */
  readonly title: string
  /** Whether it makes things of its own there; it takes them away again as far as the backend lets it. */
  readonly writes: boolean
  /** Answers what it found, for people. Throws when the adapter cannot work with it. */
  run(call: Call): Promise<string>
}

/**
 * One connected registry: a set of facets. A facet that is missing is a capability that is missing. Calls may
 * overlap; the gateway brings deadlines, retries, circuit breaking, concurrency limits, coalescing and caching.
 */
export interface Adapter {
  /**
   * Asks the backend what it is. The gateway remembers it for a minute, and asks again when the registry refuses
   * something and when it is back: another server may stand in its place by then. The other facets need no call of it
   * first.
   */
  describe(call: Call): Promise<RegistryDescription>
  /** The cheapest request that fails when reads would fail. The gateway probes by it while a circuit is open. */
  health(call: Call): Promise<void>
  /**
   * True: what the backend answers depends on {@link Call.caller}, so that no read is shared between callers. Left out,
   * reads are the same for everybody: they are shared, and carry no caller. Writes always do.
   */
  readonly perCaller?: boolean
  readonly models: ModelReads
  readonly versions: VersionReads
  readonly aliases?: AliasReads
  readonly runs?: RunReads
  readonly artifacts?: ArtifactReads
  /** Missing: the gateway finds out what others have changed by the times of the rows, and by reading everything. */
  readonly changes?: ChangeReads
  /** Missing: the registry is read-only. */
  readonly writes?: RegistryWrites
  /** Missing: the gateway copies by making a version of the original's URI. */
  readonly copies?: CopyWrites
  readonly exports?: ArtifactExports
  readonly imports?: ArtifactImports
  /** What `modelgate check --probe` tries beside the facets: facts about the backend that the adapter builds on. */
  readonly probes?: readonly Probe[]
  /** Idempotent. Calls that are under way are broken off. */
  close(): Promise<void>
}

/** What the gateway gives a registry for its lifetime. */
export interface AdapterTools {
  /** The registry's name in the configuration. */
  readonly registry: string
  readonly log: Logger
}

/**
 * A validator as of Standard Schema 1 (standardschema.dev), which zod, valibot, arktype and others implement.
 * Spelled out here so that this package needs none of them.
 */
export interface ConfigSchema<Config> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => ConfigResult<Config> | Promise<ConfigResult<Config>>
    readonly types?: { readonly input: unknown; readonly output: Config } | undefined
  }
}

export type ConfigResult<Config> =
  | { readonly value: Config; readonly issues?: undefined }
  | { readonly issues: readonly ConfigIssue[] }

export interface ConfigIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** How a kind of registry is connected: a definition, not a base class. */
export interface AdapterDefinition<Config = unknown> {
  readonly contractVersion: 1
  /** As written under `adapter:` in the configuration. */
  readonly name: string
  /** Validates the registry's own keys of the configuration, those the gateway does not know. */
  readonly configSchema: ConfigSchema<Config>
  /** Does no I/O that could fail: the backend may be down now and back later. */
  connect(config: Config, tools: AdapterTools): Promise<Adapter> | Adapter
}

/** Gives the config its type by inference; returns what it is given. */
export function defineAdapter<Config>(definition: AdapterDefinition<Config>): AdapterDefinition<Config> {
  return definition
}
