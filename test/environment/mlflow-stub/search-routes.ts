import { createPredicate } from './search-filter.ts'
import { createOrder } from './search-order.ts'
import { takePage } from './search-page.ts'
import type { StubRoute } from './stub-routes.ts'
import type { StubModel, StubVersion } from './stub-store.ts'
import { toModelWire, toVersionWire } from './stub-wire.ts'

/** Of models `timestamp` is the last update, and there is no order by creation. */
const modelOrderKeys = ['name', 'timestamp', 'last_updated_timestamp']
const versionOrderKeys = ['name', 'version_number', 'creation_timestamp', 'last_updated_timestamp']

export const searchModels: StubRoute = (request, { store, profile, locale, pageCap }) => {
  const isWanted = createPredicate(request.get('filter') ?? '', ['name'], profile)
  const compare = createOrder(request.getAll('order_by'), modelOrderKeys, ['name'], locale)
  const sorted = [...store.models.values()]
    .filter((model) => isWanted({ attributes: { name: model.name }, tags: model.tags }))
    .map((model) => ({ model, keys: modelKeys(model) }))
    .sort((left, right) => compare(left.keys, right.keys))
  const page = takePage(sorted, request.get('max_results'), request.get('page_token'), {
    defaultSize: 100,
    maximum: 1_000,
    allowsZero: true,
    cap: pageCap,
    allowsNegativeOffset: locale === undefined,
  })
  return toPageWire(
    'registered_models',
    page.rows.map(({ model }) => toModelWire(model, profile)),
    page.nextPageToken,
  )
}

export const searchVersions: StubRoute = (request, { store, profile, locale, pageCap }) => {
  const keys = ['name', 'run_id', 'source_path', 'version_number']
  const isWanted = createPredicate(request.get('filter') ?? '', keys, profile)
  const asked = request.getAll('order_by')
  const order = asked.length === 0 ? ['last_updated_timestamp DESC'] : asked
  const compare = createOrder(order, versionOrderKeys, ['name', 'version_number DESC'], locale)
  const sorted = [...store.models.values()]
    .flatMap((model) => [...model.versions.values()].map((version) => ({ model, version })))
    .map(({ model, version }) => ({ model, version, keys: versionKeys(model, version) }))
    .filter((row) => isWanted({ attributes: row.keys, tags: row.version.tags }))
    .sort((left, right) => compare(left.keys, right.keys))
  const page = takePage(sorted, request.get('max_results'), request.get('page_token'), {
    defaultSize: 10_000,
    maximum: 200_000,
    allowsZero: false,
    cap: pageCap,
    allowsNegativeOffset: locale === undefined,
  })
  return toPageWire(
    'model_versions',
    page.rows.map(({ model, version }) => toVersionWire(model, version)),
    page.nextPageToken,
  )
}

const modelKeys = (model: StubModel) => ({
  name: model.name,
  timestamp: model.updatedAt,
  last_updated_timestamp: model.updatedAt,
})

const versionKeys = (model: StubModel, version: StubVersion) => ({
  name: model.name,
  run_id: version.runId,
  source_path: version.source,
  version_number: version.version,
  creation_timestamp: version.createdAt,
  last_updated_timestamp: version.updatedAt,
})

const toPageWire = (name: string, items: readonly object[], token: string | undefined): object => ({
  ...(items.length === 0 ? {} : { [name]: items }),
  ...(token === undefined ? {} : { next_page_token: token }),
})
