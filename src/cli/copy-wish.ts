export interface CopyOptions {
  readonly config?: string
  /** Of a gateway that is to do it. */
  readonly url?: string
  readonly artifacts: 'reference' | 'copy'
  readonly tag: readonly { readonly key: string; readonly value: string }[]
  readonly idempotencyKey?: string
  readonly logLevel: string
  readonly json: boolean
}

export interface CopyWish {
  /** `models://registry/name/3`, or by alias, stage or latest. */
  readonly source: string
  /** `models://registry/name`. */
  readonly destination: string
  readonly options: CopyOptions
}
