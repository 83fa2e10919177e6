import type { TagRecord, VersionKey } from '../../contract/index.ts'
import type { NewNotes, VersionNote } from '../../stores/version-notes.ts'
import { beforeAnyWrite } from '../coordination-failure.ts'
import type { GatewayDatabase } from '../database.ts'
import { type VersionNoteTables, versionNoteTables } from './tables.ts'

/** Variables of one statement are few in some databases. */
const keysAtOnce = 200

/** What the gateway notes of versions whose registries have no place for it. */
export class VersionNotes {
  readonly #database: GatewayDatabase<VersionNoteTables>

  constructor(database: GatewayDatabase) {
    this.#database = versionNoteTables.in(database)
  }

  async note({ notes, ...row }: NewNotes): Promise<void> {
    const { queries, functions } = this.#database
    const fresh = { version: null, notes: JSON.stringify(notes), noted_at: functions.now }
    await beforeAnyWrite(
      queries
        .insertInto('version_note')
        .values({ ...row, ...fresh })
        .execute(),
    )
  }

  async settle(id: string, version: string): Promise<void> {
    await this.#database.queries.updateTable('version_note').set({ version }).where('id', '=', id).execute()
  }

  async forget(id: string): Promise<void> {
    await this.#database.queries.deleteFrom('version_note').where('id', '=', id).execute()
  }

  /** The newest first. */
  async find(registry: string, keys: readonly VersionKey[]): Promise<readonly VersionNote[]> {
    const found: VersionNote[] = []
    for (let start = 0; start < keys.length; start += keysAtOnce)
      found.push(...(await this.#findSome(registry, keys.slice(start, start + keysAtOnce))))
    return found
  }

  async renameModel(registry: string, model: string, newName: string): Promise<void> {
    await this.#database.queries
      .updateTable('version_note')
      .set({ model: newName })
      .where('registry', '=', registry)
      .where('model', '=', model)
      .execute()
  }

  async forgetModel(registry: string, model: string): Promise<void> {
    await this.#database.queries
      .deleteFrom('version_note')
      .where('registry', '=', registry)
      .where('model', '=', model)
      .execute()
  }

  async forgetVersion(registry: string, { model, version }: VersionKey): Promise<void> {
    await this.#database.queries
      .deleteFrom('version_note')
      .where('registry', '=', registry)
      .where('model', '=', model)
      .where('version', '=', version)
      .execute()
  }

  async #findSome(registry: string, keys: readonly VersionKey[]): Promise<VersionNote[]> {
    const models = [...new Set(keys.map(({ model }) => model))]
    const versions = [...new Set(keys.map(({ version }) => version))]
    const rows = await this.#database.queries
      .selectFrom('version_note')
      .select(['id', 'model', 'version', 'source', 'notes'])
      .where('registry', '=', registry)
      .where('model', 'in', models)
      .where((where) => where.or([where('version', 'in', versions), where('version', 'is', null)]))
      .orderBy('noted_at', 'desc')
      .execute()
    return rows.map(({ notes, ...row }) => ({ ...row, notes: JSON.parse(notes) as TagRecord[] }))
  }
}
