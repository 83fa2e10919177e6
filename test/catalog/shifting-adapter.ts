import { type Adapter, RegistryError } from '../../src/contract/index.ts'

export interface Trouble {
  /** Before each page of a list: others write, so that rows move under whoever reads on. */
  meddle(): Promise<void>
  /** Whether the backend is away for this call. */
  fails(): boolean
}

/** Hands lists out by offsets, as many backends do, and fails now and then. */
export function shiftingAdapter(adapter: Adapter, trouble: Trouble, pageSize: number): Adapter {
  const orFail = () => {
    if (trouble.fails()) throw new RegistryError('REGISTRY_UNAVAILABLE', 'The backend is away.')
  }
  async function pageOf<Query extends { continuation: string | null; limit: number; after: unknown }, Page>(
    query: Query,
    list: (whole: Query) => Promise<Page & { items: readonly unknown[]; continuation: string | null }>,
  ): Promise<Page> {
    orFail()
    await trouble.meddle()
    const start = query.continuation === null ? 0 : Number(query.continuation)
    const after = start === 0 ? query.after : null
    const whole = await list({ ...query, after, limit: 1000, continuation: null })
    const end = start + Math.min(pageSize, query.limit)
    const continuation = end < whole.items.length ? String(end) : null
    return { ...whole, items: whole.items.slice(start, end), continuation }
  }
  return {
    ...adapter,
    health: async (call) => {
      orFail()
      return adapter.health(call)
    },
    models: {
      get: async (names, call) => {
        orFail()
        return adapter.models.get(names, call)
      },
      list: (query, call) => pageOf(query, (whole) => adapter.models.list(whole, call)),
    },
    versions: {
      ...adapter.versions,
      get: async (keys, call) => {
        orFail()
        return adapter.versions.get(keys, call)
      },
      list: (query, call) => pageOf(query, (whole) => adapter.versions.list(whole, call)),
    },
  }
}
