import { type Outcome, RegistryError } from 'modelgate/adapter'

/**
 * One outcome for each key, in order: what fails for one key does not fail the others. How many requests at once is for
 * the client's connections to bound.
 */
export function loadEach<Key, Value>(
  keys: readonly Key[],
  load: (key: Key) => Promise<Value | null>,
): Promise<Outcome<Value>[]> {
  return Promise.all(
    keys.map(async (key) => {
      try {
        return await load(key)
      } catch (error) {
        if (RegistryError.is(error)) return error
        throw error
      }
    }),
  )
}

/** The keys of a batch share what is asked of their model. */
export function once<Value>(ask: (model: string) => Promise<Value>): (model: string) => Promise<Value> {
  const answers = new Map<string, Promise<Value>>()
  return (model) => {
    const answer = answers.get(model) ?? ask(model)
    answers.set(model, answer)
    return answer
  }
}
