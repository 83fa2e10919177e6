import { type Outcome, RegistryError } from '../../../contract/index.ts'

export type Found<Value> = readonly (readonly [identity: string, outcome: Outcome<Value>])[]

export interface Batches<Key, Value> {
  identify(key: Key): string
  /** A key of which nothing can be there is not asked for. */
  possible(key: Key): boolean
  /** Which keys go together into one load. */
  split(keys: readonly Key[]): readonly (readonly Key[])[]
  /** What was found; what is missing is not there. */
  load(keys: readonly Key[]): Promise<Found<Value>>
}

/** One outcome for each key, in order; every key is asked for once, and a load that fails fails its keys only. */
export function loadInBatches<Key, Value>(
  keys: readonly Key[],
  batches: Batches<Key, Value>,
): Promise<Outcome<Value>[]> {
  const [only] = keys
  return only !== undefined && keys.length === 1 ? loadAlone(only, batches) : loadParts(keys, batches)
}

async function loadParts<Key, Value>(
  keys: readonly Key[],
  batches: Batches<Key, Value>,
): Promise<Outcome<Value>[]> {
  const wanted = new Map(keys.filter(batches.possible).map((key) => [batches.identify(key), key]))
  const found = await Promise.all(
    batches.split([...wanted.values()]).map(async (part): Promise<Found<Value>> => {
      try {
        return await batches.load(part)
      } catch (error) {
        const failure = failureOf(error)
        return part.map((key) => [batches.identify(key), failure])
      }
    }),
  )
  const byKey = new Map(found.flat())
  return keys.map((key) => byKey.get(batches.identify(key)) ?? null)
}

/** As most are: there is nothing to split and to put together. */
function loadAlone<Key, Value>(
  key: Key,
  { identify, possible, load }: Batches<Key, Value>,
): Promise<Outcome<Value>[]> {
  if (!possible(key)) return Promise.resolve([null])
  const pick = (answer: Found<Value>): Outcome<Value>[] => {
    const identity = identify(key)
    return [answer.findLast(([found]) => found === identity)?.[1] ?? null]
  }
  return load([key]).then(pick, (error: unknown) => [failureOf(error)])
}

/** Each key for itself, all at once. */
export function loadEach<Key, Value>(
  keys: readonly Key[],
  identify: (key: Key) => string,
  load: (key: Key) => Promise<Value | null>,
): Promise<Found<Value>> {
  const found = (key: Key): Promise<Found<Value>> =>
    load(key).then(
      (value) => [[identify(key), value]],
      (error: unknown) => [[identify(key), failureOf(error)]],
    )
  const [only] = keys
  if (only !== undefined && keys.length === 1) return found(only)
  return Promise.all(keys.map(found)).then((each) => each.flat())
}

/**
 * What came of a search, and of each key that it did not settle, looked for alone: where rows could not be read, what is
 * missing need not be absent.
 */
export async function settleEach<Key, Value>(
  keys: readonly Key[],
  {
    identify,
    found,
    load,
  }: {
    identify(key: Key): string
    readonly found: Found<Value>
    load(key: Key): Promise<Value | null>
  },
): Promise<Found<Value>> {
  const settled = new Set(found.map(([identity]) => identity))
  const missed = keys.filter((key) => !settled.has(identify(key)))
  return [...found, ...(await loadEach(missed, identify, load))]
}

export function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** @throws what is no failure of the registry. */
function failureOf(error: unknown): RegistryError {
  if (RegistryError.is(error)) return error
  throw error
}
