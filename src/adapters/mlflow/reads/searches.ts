import type { Call, ModelRecord, ModelVersionRecord } from '../../../contract/index.ts'
import type { HttpAnswer } from '../../http/http-message.ts'
import { KnownRows, type ListedRows } from '../../http/known-rows/known-rows.ts'
import { parseJsonObject } from '../../http/parse-json.ts'
import { type ReadRows, readRows } from '../../http/read-rows.ts'
import { noteGoesOn } from '../../http/share-of-thread.ts'
import type { MlflowClient } from '../wire/client.ts'
import { readNextOffset, toPageToken } from '../wire/page-token.ts'
import { readRecords, type Wire } from '../wire/wire.ts'
import { toModelRecord, toVersionRecord } from './to-records.ts'

export interface Search {
  readonly filter: string
  readonly orderBy?: readonly string[]
  readonly size: number
  readonly offset?: number
}

export interface SearchAnswer<Row> extends ReadRows<Row> {
  readonly next: number | null
}

type Listed<Row> = ListedRows<Row> & { isCut?: boolean }
type ReadListed<Row> = (answer: HttpAnswer, most: number) => Listed<Row> | Promise<Listed<Row>>

/** The two searches of the registry, which differ in their names only. Neither ever gives prompts. */
export class Searches {
  readonly #client: MlflowClient
  readonly #models = known('registered_models', toModelRecord)
  readonly #versions = known('model_versions', (wire) => toVersionRecord(wire, null))

  constructor(client: MlflowClient) {
    this.#client = client
  }

  models(search: Search, call: Call): Promise<SearchAnswer<ModelRecord>> {
    return this.#run('registered-models/search', this.#models, search, call)
  }

  versions(search: Search, call: Call): Promise<SearchAnswer<ModelVersionRecord>> {
    return this.#run('model-versions/search', this.#versions, search, call)
  }

  /** Models of which something else is read. */
  modelsAs<Row>(toRow: (wire: Wire) => Row, search: Search, call: Call): Promise<SearchAnswer<Row>> {
    const readListed = (answer: HttpAnswer, most: number) => readAll(answer, 'registered_models', toRow, most)
    return this.#run('registered-models/search', readListed, search, call)
  }

  async #run<Row>(
    path: string,
    readListed: ReadListed<Row>,
    search: Search,
    call: Call,
  ): Promise<SearchAnswer<Row>> {
    if (search.offset) noteGoesOn(call)
    const { rows, flaw, rest, isCut } = await this.#client.getAs(
      (answer) => readListed(answer, search.size),
      path,
      {
        ...(search.filter === '' ? {} : { filter: search.filter }),
        ...(search.orderBy === undefined ? {} : { order_by: search.orderBy }),
        ...(search.offset ? { page_token: toPageToken(search.offset) } : {}),
        max_results: search.size,
      },
      call,
    )
    // What was not asked for is not looked at, and is the next page's.
    if (isCut) return { rows, flaw, next: (search.offset ?? 0) + search.size }
    // Never a page without rows: to go on after one could go on for ever.
    const isEmpty = rows.length === 0 && flaw === null
    return { rows, flaw, next: isEmpty ? null : readNextOffset(rest) }
  }
}

function known<Row extends object>(field: string, toRow: (wire: Wire) => Row): ReadListed<Row> {
  const rows = new KnownRows(field, toRow)
  return (answer, most) =>
    (answer.chunks && rows.read(answer.chunks, most)) ?? readAll(answer, field, toRow, most)
}

async function readAll<Row>(answer: HttpAnswer, field: string, toRow: (wire: Wire) => Row, most: number) {
  const rest = await parseJsonObject(answer)
  const sources = readRecords(rest, field)
  const isCut = sources.length > most
  return { ...readRows(isCut ? sources.slice(0, most) : sources, toRow), rest, isCut }
}
