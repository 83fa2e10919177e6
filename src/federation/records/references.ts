/** Names a model in one of two ways. */
export type ModelReference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'key'; readonly registry: string; readonly name: string }

/** Names a version in one of four ways. */
export type VersionReference =
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'key'; readonly registry: string; readonly model: string; readonly version: string }
  | { readonly kind: 'alias'; readonly registry: string; readonly model: string; readonly alias: string }
  | { readonly kind: 'uri'; readonly registry: string | null; readonly uri: string }
