import { type Adapter, RegistryError } from '../contract/index.ts'
import { createCall } from './create-call.ts'
import { quote } from './expectations.ts'
import type { ConformanceFixture, FixtureModel, NotStored, SeededFixture } from './fixture.ts'
import { takeOver } from './seeding/backend-fields.ts'
import type { Seeding } from './seeding/seeding.ts'
import { removeModels, storeModels } from './seeding/store-models.ts'
import { connectWithin, defaultTimeoutMs, within } from './within.ts'

export interface SeedOptions {
  /** Stands in for a source of the fixture (`s3://bucket/models/…`) where the backend takes only its own. */
  toSource?(source: string): string
  /** For each call of the adapter. 60,000 when left out. */
  readonly timeoutMs?: number
}

/**
 * A `seed` for {@link runChecks} that loads the fixture through the adapter's own writes and says what could not be
 * stored. Runs cannot be written that way, and what no write sets (times, status, creator, whether something counts as
 * archived) is taken from the adapter's `get`, so a seed that goes to the backend directly checks more.
 *
 * @param connect a new adapter of the registry; the one it gives is closed again.
 */
export function seedByWrites(
  connect: () => Promise<Adapter> | Adapter,
  { toSource = (source) => source, timeoutMs = defaultTimeoutMs }: SeedOptions = {},
): (fixture: ConformanceFixture) => Promise<SeededFixture> {
  const use = async <T>(work: (adapter: Adapter) => Promise<T>): Promise<T> => {
    const adapter = await connectWithin(timeoutMs, connect)
    try {
      return await work(adapter)
    } finally {
      // What is wrong with it is for the checks to find.
      await within(timeoutMs, 'close', () => adapter.close()).catch(() => null)
    }
  }
  return (fixture) =>
    use(async (adapter) => {
      const seeding = await open(adapter, toSource, timeoutMs)
      const names = fixture.models.map(({ name }) => name)
      try {
        const models = await storeModels(seeding, fixture.models)
        assertSome(models, seeding.notStored, fixture.prefix)
        const stored = { prefix: fixture.prefix, models: await takeOver(seeding, models), runs: [] }
        const seeded = { stored, notStored: seeding.notStored }
        if (adapter.writes?.models.delete === undefined) return seeded
        const own = models.map(({ name }) => name)
        return { ...seeded, remove: () => use(async (another) => removeModels(another, own)) }
      } catch (error) {
        // The reason is worth more than what may be wrong with the way back.
        await removeModels(adapter, names).catch(() => {})
        throw error
      }
    })
}

async function open(adapter: Adapter, toSource: Seeding['toSource'], timeoutMs: number): Promise<Seeding> {
  const { writes } = adapter
  if (writes === undefined)
    throw new RegistryError('UNSUPPORTED', 'The adapter has no writes to load the fixture with.')
  const call = () => createCall(timeoutMs)
  const description = await adapter.describe(call())
  const notStored: NotStored[] = [
    { what: 'runs', reason: 'they are not written through an adapter' },
    { what: 'times, status and creator of models and versions', reason: 'no write sets them' },
  ]
  if (!writes.models.setTags || !writes.versions.setTags)
    notStored.push({ what: 'tags', reason: 'the adapter does not set them on both models and versions' })
  return { adapter, writes, description, toSource, notStored, call }
}

function assertSome(models: readonly FixtureModel[], notStored: readonly NotStored[], prefix: string): void {
  if (models.length > 0) return
  const reason = notStored.at(-1)?.reason.replace(/\.$/, '')
  throw new Error(
    `No model of the fixture could be stored: ${reason}. Their names begin with the option prefix, ${quote(prefix)}: give another one where the registry takes no such name, or has to have parents that are there.`,
  )
}
