import { type Outcome, RegistryError } from '../../../contract/index.ts'

export interface EachKey<Key, Value> {
  identify(key: Key): string
  /** A key of which nothing can be there is not asked for. */
  possible(key: Key): boolean
  load(key: Key): Promise<Value | null>
  /** How many at once. */
  readonly limit: number
}

/** One outcome for each key, in order; every key is asked for once. */
export async function loadEach<Key, Value>(
  keys: readonly Key[],
  { identify, possible, load, limit }: EachKey<Key, Value>,
): Promise<Outcome<Value>[]> {
  const wanted = [...new Map(keys.filter(possible).map((key) => [identify(key), key]))]
  const found = await inParallel(
    wanted,
    limit,
    async ([identity, key]) => [identity, await orFailure(load(key))] as const,
  )
  const byKey = new Map(found)
  return keys.map((key) => byKey.get(identify(key)) ?? null)
}

/** A few at a time; the results in the order of the items. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const left = items.entries()
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

async function orFailure<T>(read: Promise<T>): Promise<T | RegistryError> {
  try {
    return await read
  } catch (error) {
    if (RegistryError.is(error)) return error
    throw error
  }
}
