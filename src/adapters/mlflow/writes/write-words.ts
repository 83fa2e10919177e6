import { afterFirstWrite, RegistryError, type VersionKey } from '../../../contract/index.ts'
import { isPossibleVersion } from '../reads/version-keys.ts'
import { canTravel } from '../wire/grammar.ts'

export interface WriteWords {
  /** What to say when MLflow does not have what is written to. */
  readonly missing: string
  /** What to say when a name is taken. */
  readonly taken?: string
}

/** MLflow says in its own terms what is missing or taken; here it is said by its name. */
export async function inWords<T>(write: Promise<T>, words: WriteWords): Promise<T> {
  try {
    return await write
  } catch (error) {
    if (!RegistryError.is(error)) throw error
    if (error.code === 'NOT_FOUND') throw new RegistryError('NOT_FOUND', words.missing, { cause: error })
    if (error.code === 'ALREADY_EXISTS' && words.taken !== undefined) {
      throw new RegistryError('ALREADY_EXISTS', words.taken, { cause: error })
    }
    throw error
  }
}

/** For several requests that make one write. */
export async function inSequence<T>(
  items: readonly T[],
  write: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index === 0) await write(item)
    else await afterFirstWrite(write(item))
  }
}

/** Sets something to a value. Of several that set it for the first time MLflow lets one win and fails the others. */
export async function upsert<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!RegistryError.is(error) || error.code !== 'CONFLICT') throw error
    return write()
  }
}

export function noSuchModel(name: string): string {
  return `There is no model ${JSON.stringify(name)}.`
}

export function noSuchVersion({ model, version }: VersionKey): string {
  return `The model ${JSON.stringify(model)} has no version ${JSON.stringify(version)}.`
}

export function requirePossibleModel(name: string): void {
  if (name === '' || !canTravel(name)) throw new RegistryError('NOT_FOUND', noSuchModel(name))
}

export function requirePossibleVersion(key: VersionKey): void {
  if (!isPossibleVersion(key)) throw new RegistryError('NOT_FOUND', noSuchVersion(key))
}
