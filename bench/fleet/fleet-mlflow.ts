import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { namesInOrder, versionsOf } from './fill-fleet.ts'
import type { FleetRegistry } from './fleet.ts'
import { toWireModel, toWireRun, toWireVersion } from './mlflow-wire.ts'

type Place = readonly [model: number, version: number]

/** MLflow servers with the registries of a fleet, each below a path of its name: lists, and what is read by names. */
export class FleetMlflow {
  readonly url: string
  /** Requests so far. */
  requests = 0
  readonly #server = createServer((request, response) => void this.#answer(request, response))
  readonly #served: ReadonlyMap<string, ServedRegistry>

  private constructor(registries: readonly FleetRegistry[], port: number) {
    this.#served = new Map(registries.map((registry) => [registry.name, new ServedRegistry(registry)]))
    this.url = `http://127.0.0.1:${port}`
  }

  static async start(registries: readonly FleetRegistry[]): Promise<FleetMlflow> {
    const opener = createServer().listen(0, '127.0.0.1')
    await once(opener, 'listening')
    const { port } = opener.address() as AddressInfo
    opener.close()
    await once(opener, 'close')
    const mlflow = new FleetMlflow(registries, port)
    mlflow.#server.listen(port, '127.0.0.1')
    await once(mlflow.#server, 'listening')
    return mlflow
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url)
    const [, name = '', ...rest] = url.pathname.split('/')
    if (name !== 'count') this.requests += 1
    const body = request.method === 'POST' ? JSON.parse(await text(request)) : {}
    const answer =
      name === 'count'
        ? { requests: this.requests }
        : this.#served.get(name)?.answer(rest.slice(2).join('/'), url.searchParams, body)
    const sent = JSON.stringify(answer ?? { error_code: 'RESOURCE_DOES_NOT_EXIST', message: 'not there' })
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(sent)
  }
}

class ServedRegistry {
  readonly #registry: FleetRegistry
  readonly #models: readonly number[]
  readonly #versions: readonly Place[]
  readonly #newestModels: readonly number[]
  readonly #newestVersions: readonly Place[]
  readonly #places = new Map<string, Place>()
  readonly #byName = new Map<string, number>()

  constructor(registry: FleetRegistry) {
    this.#registry = registry
    this.#models = namesInOrder(registry)
    this.#versions = [...versionsOf(registry, this.#models)]
    const timeOf = ([model, version]: Place) => registry.version(model, version).updatedAt?.getTime() ?? 0
    const times = new Map(this.#versions.map((place) => [place, timeOf(place)]))
    this.#newestVersions = this.#versions.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
    const modelTimes = new Map(
      this.#models.map((model) => [model, registry.model(model).updatedAt?.getTime() ?? 0]),
    )
    this.#newestModels = this.#models.toSorted((a, b) => (modelTimes.get(b) ?? 0) - (modelTimes.get(a) ?? 0))
    for (const place of this.#versions) this.#places.set(registry.runIdOf(...place), place)
    for (const model of this.#models) this.#byName.set(registry.nameOf(model), model)
  }

  answer(path: string, query: URLSearchParams, body: Body): object | undefined {
    const registry = this.#registry
    const named = namesIn(query.get('filter')).flatMap((name) => this.#byName.get(name) ?? [])
    const isNewestFirst = query.get('order_by')?.startsWith('last_updated_timestamp') === true
    switch (path) {
      case 'mlflow/registered-models/search': {
        const all = isNewestFirst ? this.#newestModels : this.#models
        const rows = query.has('filter') ? named : all
        return page('registered_models', rows, query, (model) => toWireModel(registry.model(model)))
      }
      case 'mlflow/model-versions/search': {
        const all = isNewestFirst ? this.#newestVersions : this.#versions
        const rows = query.has('filter') ? [...versionsOf(registry, named)] : all
        return page('model_versions', rows, query, (place) => toWireVersion(registry.version(...place)))
      }
      case 'mlflow/experiments/search':
        return { experiments: [{ experiment_id: '1', name: 'all' }] }
      case 'mlflow/runs/search': {
        const places = namesIn(body.filter ?? null).map((runId) => this.#places.get(runId))
        return { runs: places.flatMap((place) => (place ? [toWireRun(registry.run(...place))] : [])) }
      }
      default:
        return undefined
    }
  }
}

interface Body {
  readonly filter?: string
}

/** The texts in quotes. */
function namesIn(filter: string | null): string[] {
  return [...(filter ?? '').matchAll(/'([^']*)'/g)].map(([, name = '']) => name)
}

function page<Row>(
  field: string,
  rows: readonly Row[],
  query: URLSearchParams,
  toWire: (row: Row) => object,
) {
  const token = query.get('page_token')
  const offset: number = token === null ? 0 : JSON.parse(Buffer.from(token, 'base64').toString()).offset
  const end = offset + Number(query.get('max_results') ?? 100)
  const next = Buffer.from(JSON.stringify({ offset: end })).toString('base64')
  return {
    [field]: rows.slice(offset, end).map(toWire),
    ...(end < rows.length && { next_page_token: next }),
  }
}
