import type { Call } from '../../contract/index.ts'
import { RegistryError } from '../../contract/index.ts'
import { parseJsonObject } from '../http/parse-json.ts'
import { type Asset, toAsset } from './asset.ts'
import type { AzureClient } from './client.ts'
import { type AssetPath, toPath } from './place.ts'
import type { RecentWrites } from './recent-writes.ts'
import { malformed, readList, readOptionalText, type Wire } from './wire.ts'

/** Reads containers and versions. */
export class Assets {
  readonly #client: AzureClient
  readonly #recent: RecentWrites

  constructor(client: AzureClient, recent: RecentWrites) {
    this.#client = client
    this.#recent = recent
  }

  /** `null`: it is not there, under this very name. */
  async get(path: AssetPath, call: Call): Promise<Asset | null> {
    const wire = await orNull(this.#client.get(toPath(path), call))
    const asset = wire && toAsset(wire)
    return asset?.name === path.name ? asset : null
  }

  /** All pages. Of versions whose model is not there it gives none, or `null`, as Azure pleases. */
  async list(
    collection: string,
    includeArchived: boolean,
    call: Call,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Asset[] | null> {
    const view = { listViewType: includeArchived ? 'All' : 'ActiveOnly' }
    const wires = await orNull(this.#readPages(collection, { ...query, ...view }, call))
    if (wires === null) return null
    return this.#recent.over(collection, wires.map(toAsset), async (name) => {
      const found = await this.get({ collection, name }, call)
      return found?.properties.isArchived === true && !includeArchived ? null : found
    })
  }

  async #readPages(collection: string, query: Readonly<Record<string, string>>, call: Call): Promise<Wire[]> {
    const rows: Wire[] = []
    const followed = new Set<string>()
    let page = await this.#client.get(collection, call, query)
    for (;;) {
      for (const row of readList(page, 'value')) rows.push(row)
      const link = readOptionalText(page, 'nextLink')
      if (link === null) return rows
      if (followed.has(link)) throw malformed('nextLink')
      followed.add(link)
      page = await parseJsonObject(await this.#client.follow(link, call))
    }
  }
}

export async function orNull<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read
  } catch (error) {
    if (RegistryError.is(error) && error.code === 'NOT_FOUND') return null
    throw error
  }
}
