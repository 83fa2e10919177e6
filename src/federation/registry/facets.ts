import type { Adapter } from '../../contract/index.ts'

/** What a registry may have or not. */
export type Facets = Pick<
  Adapter,
  'aliases' | 'runs' | 'artifacts' | 'writes' | 'copies' | 'exports' | 'imports'
>

/** Of a registry that is read-only what reads. */
export function facetsOf(adapter: Adapter, readOnly: boolean): Facets {
  return readOnly ? readsOf(adapter) : adapter
}

function readsOf({ aliases, runs, artifacts, exports }: Adapter): Facets {
  return {
    ...(aliases && { aliases }),
    ...(runs && { runs }),
    ...(artifacts && { artifacts }),
    ...(exports && { exports }),
  }
}
