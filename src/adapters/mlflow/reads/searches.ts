import type { Call } from '../../../contract/index.ts'
import { noteGoesOn } from '../../http/share-of-thread.ts'
import type { MlflowClient } from '../wire/client.ts'
import { readNextOffset, toPageToken } from '../wire/page-token.ts'
import { readRecords, type Wire } from '../wire/wire.ts'

export interface Search {
  readonly filter: string
  readonly orderBy?: readonly string[]
  readonly size: number
  readonly offset?: number
}

export interface SearchAnswer {
  readonly rows: readonly Wire[]
  readonly next: number | null
}

/** The two searches of the registry, which differ in their names only. Neither ever gives prompts. */
export class Searches {
  readonly #client: MlflowClient

  constructor(client: MlflowClient) {
    this.#client = client
  }

  models(search: Search, call: Call): Promise<SearchAnswer> {
    return this.#run('registered-models/search', 'registered_models', search, call)
  }

  versions(search: Search, call: Call): Promise<SearchAnswer> {
    return this.#run('model-versions/search', 'model_versions', search, call)
  }

  async #run(path: string, field: string, search: Search, call: Call): Promise<SearchAnswer> {
    if (search.offset) noteGoesOn(call)
    const wire = await this.#client.get(
      path,
      {
        ...(search.filter === '' ? {} : { filter: search.filter }),
        ...(search.orderBy === undefined ? {} : { order_by: search.orderBy }),
        ...(search.offset ? { page_token: toPageToken(search.offset) } : {}),
        max_results: search.size,
      },
      call,
    )
    const rows = readRecords(wire, field)
    // What was not asked for is not looked at, and is the next page's.
    if (rows.length > search.size)
      return { rows: rows.slice(0, search.size), next: (search.offset ?? 0) + search.size }
    // Never a page without rows: to go on after one could go on for ever.
    return { rows, next: rows.length === 0 ? null : readNextOffset(wire) }
  }
}
