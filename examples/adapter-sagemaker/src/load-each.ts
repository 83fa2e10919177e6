import { type Outcome, RegistryError } from 'modelgate/adapter'

/**
 * One outcome for each key, in order; every key is asked for once. How many at once is for the client's connections
 * to bound.
 */
export async function loadEach<Key, Value>(
  keys: readonly Key[],
  identify: (key: Key) => string,
  load: (key: Key) => Promise<Value | null>,
): Promise<Outcome<Value>[]> {
  const answers = new Map<string, Promise<Outcome<Value>>>()
  return Promise.all(
    keys.map((key) => {
      const identity = identify(key)
      const answer = answers.get(identity) ?? toOutcome(load(key))
      answers.set(identity, answer)
      return answer
    }),
  )
}

/** What fails for one key is the outcome of that key; the others have theirs. */
async function toOutcome<Value>(answer: Promise<Value | null>): Promise<Outcome<Value>> {
  try {
    return await answer
  } catch (error) {
    if (RegistryError.is(error)) return error
    throw error
  }
}
