import type { Call } from '../../contract/index.ts'
import { Remembered } from '../http/remembered.ts'
import type { MlflowClient } from './client.ts'
import { readList, readText } from './wire.ts'

/** Runs are searched within named experiments only: without the list of all there are no runs at all. */
export class Experiments {
  readonly #ids: Remembered<readonly string[]>

  constructor(client: MlflowClient) {
    this.#ids = new Remembered((call) => loadIds(client, call))
  }

  /** Deleted ones among them. */
  ids(call: Call): Promise<readonly string[]> {
    return this.#ids.get(call)
  }

  /** Those that have come since, when something was not found in `known`. */
  async newer(known: readonly string[], call: Call): Promise<readonly string[]> {
    if ((await this.#ids.get(call)) === known) this.#ids.forget()
    const before = new Set(known)
    return (await this.#ids.get(call)).filter((id) => !before.has(id))
  }
}

async function loadIds(client: MlflowClient, call: Call): Promise<readonly string[]> {
  const ids: string[] = []
  let pageToken: unknown
  do {
    const wire = await client.search(
      'experiments/search',
      {
        view_type: 'ALL',
        max_results: 1000,
        ...(typeof pageToken === 'string' ? { page_token: pageToken } : {}),
      },
      call,
    )
    const page = readList(wire, 'experiments').map((experiment) => readText(experiment, 'experiment_id'))
    for (const id of page) ids.push(id)
    pageToken = page.length === 0 ? '' : wire.next_page_token
  } while (typeof pageToken === 'string' && pageToken !== '')
  return [...new Set(ids)]
}
