import type { Adapter, Call, NamingRule, RegistryDescription, RegistryWrites } from '../../contract/index.ts'
import { RegistryError, type RegistryErrorCode } from '../../contract/index.ts'
import type { FixtureModel, FixtureVersion, NotStored } from '../fixture/fixture.ts'

/** The loading of a fixture through writes. */
export interface Seeding {
  readonly adapter: Adapter
  readonly writes: RegistryWrites
  readonly description: RegistryDescription
  readonly notStored: NotStored[]
  toSource(source: string): string
  call(): Call
}

/** A model with the versions that were made instead of those of the fixture. */
export interface StoredModel {
  readonly model: FixtureModel
  readonly versions: readonly StoredVersion[]
}

/** A version under the number that the backend gave it. */
export interface StoredVersion {
  readonly fixtureVersion: string
  readonly version: FixtureVersion
}

/** The backend's answer to something that it cannot hold; all other failures are failures of the seeding. */
const refusals: ReadonlySet<RegistryErrorCode> = new Set([
  'ALREADY_EXISTS',
  'BAD_USER_INPUT',
  'NOT_FOUND',
  'POLICY_VIOLATION',
  'REGISTRY_ERROR',
  'UNSUPPORTED',
])

/** The answer of the write; `undefined`, with a word about it, where the backend refuses. */
export async function tryWrite<T>(
  { notStored }: Seeding,
  what: string,
  write: () => Promise<T>,
): Promise<{ readonly answer: T } | undefined> {
  try {
    return { answer: await write() }
  } catch (error) {
    if (!RegistryError.is(error) || !refusals.has(error.code)) throw error
    notStored.push({ what, reason: error.message })
    return undefined
  }
}

/** As the gateway does before it writes. */
export function allows({ notStored }: Seeding, what: string, rule: NamingRule | null, text: string): boolean {
  if (rule === null || new RegExp(rule.pattern, 'u').test(text)) return true
  notStored.push({ what, reason: `it must be ${rule.words}` })
  return false
}

/** A few at a time, in the order given. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const left = items.entries()
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: 4 }, worker))
  return results
}
