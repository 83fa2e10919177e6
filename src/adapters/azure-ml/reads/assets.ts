import type { Call } from '../../../contract/index.ts'
import { RegistryError } from '../../../contract/index.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import { type ReadRows, readRows } from '../../http/read-rows.ts'
import { noteGoesOn } from '../../http/share-of-thread.ts'
import type { AzureClient } from '../wire/client.ts'
import { type AssetPath, toPath } from '../wire/place.ts'
import { malformed, readList, readOptionalText, type Wire } from '../wire/wire.ts'
import { type Asset, toAsset } from './asset.ts'
import type { RecentWrites } from './recent-writes.ts'

/** Reads containers and versions. */
export class Assets {
  readonly #client: AzureClient
  readonly #recent: RecentWrites
  /** How many requests it took to list them, when that was done last. */
  readonly #pages = new Map<string, number>()

  constructor(client: AzureClient, recent: RecentWrites) {
    this.#client = client
    this.#recent = recent
  }

  /** `null`: it is not there, under this very name. */
  async get(path: AssetPath, call: Call): Promise<Asset | null> {
    const wire = await this.#find(path, call)
    const asset = wire && toAsset(wire)
    return asset?.name === path.name ? asset : null
  }

  /** All pages, and what of them could not be read. Of versions whose model is not there it gives none, or `null`, as Azure pleases. */
  async list(
    collection: string,
    includeArchived: boolean,
    call: Call,
    query: Readonly<Record<string, string>> = {},
  ): Promise<ReadRows<Asset> | null> {
    const view = { listViewType: includeArchived ? 'All' : 'ActiveOnly' }
    const wires = await orNull(this.#readPages(collection, { ...query, ...view }, call))
    if (wires === null) return null
    let { rows, flaw } = readRows(wires, toAsset)
    rows = await this.#recent.over(collection, rows, async (name) => {
      const wire = await this.#find({ collection, name }, call)
      const looked = readRows(wire === null ? [] : [wire], toAsset)
      flaw ??= looked.flaw
      const found = looked.rows.find((asset) => asset.name === name) ?? null
      return found?.properties.isArchived === true && !includeArchived ? null : found
    })
    return { rows, flaw }
  }

  /** How many requests a list of all costs, as far as that is known. */
  pagesOf(collection: string): number | null {
    return this.#pages.get(collection) ?? null
  }

  #find(path: AssetPath, call: Call): Promise<Wire | null> {
    return orNull(this.#client.get(toPath(path), call))
  }

  async #readPages(
    collection: string,
    query: Readonly<Record<string, string>>,
    call: Call,
  ): Promise<unknown[]> {
    const rows: unknown[] = []
    const followed = new Set<string>()
    let page = await this.#client.get(collection, call, query)
    for (;;) {
      for (const row of readList(page, 'value')) rows.push(row)
      const link = readOptionalText(page, 'nextLink')
      if (link === null) {
        // Versions are of more models than anybody wants to keep in mind.
        if (collection.endsWith('/models')) this.#pages.set(collection, followed.size + 1)
        return rows
      }
      if (followed.has(link)) throw malformed('nextLink')
      followed.add(link)
      noteGoesOn(call)
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
