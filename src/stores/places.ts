export interface ModelPlace {
  readonly registry: string
  readonly model: string
}

export interface AliasPlace extends ModelPlace {
  readonly alias: string
}
