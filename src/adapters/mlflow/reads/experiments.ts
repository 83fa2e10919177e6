import type { Call } from '../../../contract/index.ts'
import { readRows } from '../../http/read-rows.ts'
import { Remembered } from '../../http/remembered.ts'
import type { MlflowClient } from '../wire/client.ts'
import { readRecords, readText } from '../wire/wire.ts'

/** As many as one request gives. */
const most = 1000

interface Listed {
  readonly ids: readonly string[]
  /** Whether there are no others. */
  readonly all: boolean
}

interface Known extends Listed {
  readonly listed: Listed
}

/**
 * Runs are searched within named experiments only. The newest are listed, by one request, however many there are; which
 * of the others are worth a search is learned from their runs.
 */
export class Experiments {
  readonly #listed: Remembered<Listed>
  #learned: readonly string[] = []

  constructor(client: MlflowClient) {
    this.#listed = new Remembered((call) => list(client, call))
  }

  /** Deleted ones among them. */
  async known(call: Call): Promise<Known> {
    const listed = await this.#listed.get(call)
    return { ids: [...new Set([...listed.ids, ...this.#learned])], all: listed.all, listed }
  }

  /** Those that have come since, when something was not found in `known`. */
  async newer(known: Known, call: Call): Promise<Listed> {
    if ((await this.#listed.get(call)) === known.listed) this.#listed.forget()
    const before = new Set(known.ids)
    const { ids, all } = await this.known(call)
    return { ids: ids.filter((id) => !before.has(id)), all }
  }

  learn(ids: readonly string[]): void {
    this.#learned = [...new Set([...ids, ...this.#learned])].slice(0, most)
  }
}

async function list(client: MlflowClient, call: Call): Promise<Listed> {
  const wire = await client.search('experiments/search', { view_type: 'ALL', max_results: most }, call)
  const { rows } = readRows(readRecords(wire, 'experiments'), (experiment) =>
    readText(experiment, 'experiment_id'),
  )
  const all = rows.length === 0 || typeof wire.next_page_token !== 'string' || wire.next_page_token === ''
  return { ids: [...new Set(rows)], all }
}
