import { type Call, compareCodePoints, RegistryError } from '../../../contract/index.ts'
import { readRows } from '../../http/read-rows.ts'
import { Remembered } from '../../http/remembered.ts'
import type { MlflowConfig } from '../config.ts'
import type { MlflowClient, Parameters } from '../wire/client.ts'
import { toPageToken } from '../wire/page-token.ts'
import { readRecords, readText, type Wire } from '../wire/wire.ts'

/** Longer than what costs less to ask for: names that come in another order are noticed in every list. */
const keptMs = 600_000

/** Whose lists are sorted by name. */
export type NamedRows = 'models' | 'versions'

/**
 * Whether the server's database sorts names by code point, as the gateway does. MLflow does not say which database
 * it has, but page tokens are offsets, and only SQLite (and MLflow's own file store, which sorts by code point too)
 * takes a negative one: PostgreSQL, MySQL and SQL Server refuse it, and sort by a locale as a rule.
 */
export class NameOrder {
  readonly #configured: MlflowConfig['nameOrder']
  readonly #found: Remembered<boolean>
  readonly #refuted = new Set<NamedRows>()

  constructor(configured: MlflowConfig['nameOrder'], client: MlflowClient) {
    this.#configured = configured
    this.#found = new Remembered((call) => probe(client, call), keptMs)
  }

  isCodePoint(of: NamedRows, call: Call): boolean | Promise<boolean> {
    if (this.#refuted.has(of) || this.#configured === 'locale') return false
    return this.#configured === 'codePoint' || this.#found.get(call)
  }

  /**
   * Names that came in no code point order are proof enough, whatever was found or configured, of this server; but only
   * of such lists: what stands in front of it may keep the order of one and not of the other.
   */
  refute(of: NamedRows): void {
    this.#refuted.add(of)
  }

  forget(): void {
    this.#refuted.clear()
    this.#found.forget()
  }
}

async function probe(client: MlflowClient, call: Call): Promise<boolean> {
  return (await takesNegativeOffset(client, call)) && inCodePointOrder(await sampleNames(client, call))
}

async function takesNegativeOffset(client: MlflowClient, call: Call): Promise<boolean> {
  try {
    await search(client, { max_results: 1, page_token: toPageToken(-1) }, call)
    return true
  } catch (error) {
    if (RegistryError.is(error) && (error.code === 'BAD_USER_INPUT' || error.code === 'REGISTRY_ERROR'))
      return false
    throw error
  }
}

/** What a server before 3.10 gives within a second: it reads every version of each model for it. */
const sampleSize = 50

async function sampleNames(client: MlflowClient, call: Call): Promise<readonly string[]> {
  const wire = await search(client, { max_results: sampleSize }, call)
  return readRows(readRecords(wire, 'registered_models'), (model) => readText(model, 'name')).rows
}

function search(client: MlflowClient, parameters: Parameters, call: Call): Promise<Wire> {
  return client.get('registered-models/search', { order_by: ['name ASC'], ...parameters }, call)
}

export function inCodePointOrder(names: readonly string[]): boolean {
  return names.every((name, index) => index === 0 || compareCodePoints(names[index - 1] ?? '', name) <= 0)
}
