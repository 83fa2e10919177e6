import type { SeenVersion } from './call.ts'

export interface VersionWithFiles extends SeenVersion {
  readonly model: string
  readonly version: string
}

/** The registry that clients write to, and what is particular about it. */
export interface Target {
  /** Below `registries`, but for name and environment. Its URL is left out when the gateways get it by a proxy. */
  readonly config: object
  /** Where its server is, before which a proxy of each gateway is to stand, and the key it goes by in `config`. */
  readonly upstream: { readonly url: string; readonly configKey: string } | null
  readonly source: string
  /** One that is refused only by the registry itself, when a model may have been made for it already. */
  readonly refusedSource: string
  readonly canRename: boolean
  readonly writesStepwise: boolean
  /** What lies where a version's files are, by path; null where it cannot hold files. */
  readonly readFiles:
    | ((version: VersionWithFiles, paths: readonly string[]) => Promise<Record<string, string>>)
    | null
}

/** What the gateways share. */
export interface SharedDatabase {
  readonly url: string
  /** As after two days, or with a database that is new. */
  forgetKeys(): Promise<void>
}
