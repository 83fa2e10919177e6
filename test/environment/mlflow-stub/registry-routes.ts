import { searchModels, searchVersions } from './search-routes.ts'
import { invalidParameter, noSuchRoute, notFound } from './stub-error.ts'
import type { StubRequest, StubRoute, StubRouteContext } from './stub-routes.ts'
import type { StubModel } from './stub-store.ts'
import { latestVersions, toModelWire, toVersionWire } from './stub-wire.ts'

const modelOf = (request: StubRequest, { store }: StubRouteContext): StubModel => {
  const name = request.get('name')
  if (name === undefined) throw invalidParameter("Missing value for required parameter 'name'")
  const model = store.models.get(name)
  if (model === undefined) throw notFound(`Registered Model with name=${name} not found`)
  return model
}

const versionOf = (request: StubRequest, context: StubRouteContext) => {
  const number = Number(request.get('version'))
  if (!Number.isInteger(number)) throw invalidParameter('Parameter version must be an integer')
  const model = context.store.models.get(request.get('name') ?? '')
  const version = model?.versions.get(number)
  if (model === undefined || version === undefined)
    throw notFound(`Model Version (name=${request.get('name')}, version=${number}) not found`)
  return { model, version }
}

const getModel: StubRoute = (request, context) => ({
  registered_model: toModelWire(modelOf(request, context), context.profile),
})

const getVersion: StubRoute = (request, context) => {
  const { model, version } = versionOf(request, context)
  return { model_version: toVersionWire(model, version, context.profile.hasAliases) }
}

const getDownloadUri: StubRoute = (request, context) => ({
  artifact_uri: versionOf(request, context).version.source,
})

const getLatestVersions: StubRoute = (request, context) => {
  const model = modelOf(request, context)
  const stages = request.getAll('stages').map((stage) => stage.toLowerCase())
  const known = ['none', 'staging', 'production', 'archived']
  if (stages.some((stage) => !known.includes(stage))) throw invalidParameter('Invalid Model Version stage')
  const versions = latestVersions(model)
    .filter(({ stage }) => stages.length === 0 || stages.includes(stage.toLowerCase()))
    .map((version) => toVersionWire(model, version, context.profile.hasAliases))
  return versions.length === 0 ? {} : { model_versions: versions }
}

const getAlias: StubRoute = (request, context) => {
  if (!context.profile.hasAliases) throw noSuchRoute()
  const model = modelOf(request, context)
  const alias = request.get('alias') ?? ''
  const isLatest = alias.toLowerCase() === 'latest' && context.profile.canReadLatestAlias
  const number = isLatest ? Math.max(...model.versions.keys()) : model.aliases.get(alias)
  const version = model.versions.get(number ?? 0)
  if (version === undefined) throw invalidParameter(`Registered model alias ${alias} not found.`)
  return { model_version: toVersionWire(model, version, true) }
}

const listModels: StubRoute = (_, { store, profile }) => {
  if (profile.hasVersionRoute) throw noSuchRoute()
  return { registered_models: [...store.models.values()].map((model) => toModelWire(model, profile)) }
}

export const registryRoutes: Readonly<Record<string, StubRoute>> = {
  'GET registered-models/get': getModel,
  'GET registered-models/search': searchModels,
  'GET registered-models/list': listModels,
  'GET registered-models/get-latest-versions': getLatestVersions,
  'POST registered-models/get-latest-versions': getLatestVersions,
  'GET registered-models/alias': getAlias,
  'GET model-versions/get': getVersion,
  'GET model-versions/search': searchVersions,
  'GET model-versions/get-download-uri': getDownloadUri,
}
