import { isRecord, parseJson } from './asset-body.ts'
import type { VersionRecord } from './asset-records.ts'
import { type AzureAnswer, inPath, type ScopedCall } from './azure-call.ts'
import { badArgument, serviceError } from './azure-error.ts'
import { blobAddress } from './blob-routes.ts'
import type { ModelStore } from './model-store.ts'
import { region, startOperation, toAccepted } from './operation-routes.ts'
import { type ResourceScope, scopeGuid } from './resource-scope.ts'
import { versionNotFound } from './workspace-model-routes.ts'

interface Share {
  source: VersionRecord
  from: ResourceScope
  to: { scope: ResourceScope; models: ModelStore }
  name: string
  version: string
}

/** Through ARM: the workspace's version goes to a registry that is named alone. */
export const publishVersion = (call: ScopedCall): AzureAnswer => {
  const source = call.models.version(inPath(call, 'model'), inPath(call, 'version'))
  if (source === undefined) throw versionNotFound(call)
  const wanted = textFields(parseJson(call.body), ['registryName', 'destinationName', 'destinationVersion'])
  if (wanted.registryName === undefined) throw badArgument('The registryName field is required.')
  return share(call, {
    source,
    from: call.scope,
    to: call.state.findRegistry(wanted.registryName, call.scope),
    name: wanted.destinationName ?? source.model,
    version: wanted.destinationVersion ?? source.version,
  })
}

const workspaceAsset =
  /^azureml:\/\/locations\/[^/]+\/workspaces\/([^/]+)\/models\/([^/]+)\/versions\/([^/]+)$/

/** Beside ARM: the registry fetches a version that is named by the workspace's GUID. */
export const importVersion = (call: ScopedCall): AzureAnswer => {
  const body = parseJson(call.body)
  const wanted = textFields(isRecord(body) ? body.properties : undefined, [
    'sourceAssetId',
    'destinationName',
    'destinationVersion',
  ])
  const [, guid, name, version] = workspaceAsset.exec(wanted.sourceAssetId ?? '') ?? []
  if (guid === undefined || name === undefined || version === undefined)
    throw badArgument(`Invalid AssetId: ${wanted.sourceAssetId}`, 'InvalidAssetId')
  const from = call.state.findWorkspaceByGuid(guid)
  const source = from?.models.version(name, version)
  if (from === undefined || source === undefined)
    throw serviceError(404, 'UserError', `Could not find asset with ID: ${wanted.sourceAssetId}`)
  return share(call, {
    source,
    from: from.scope,
    to: call,
    name: wanted.destinationName ?? name,
    version: wanted.destinationVersion ?? version,
  })
}

const textFields = (value: unknown, names: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(
    names.map((name) => {
      const text = isRecord(value) ? value[name] : undefined
      return [name, typeof text === 'string' ? text : undefined]
    }),
  )

const share = (call: ScopedCall, wanted: Share): AzureAnswer => {
  const { to, name, version } = wanted
  if (to.models.version(name, version) !== undefined)
    throw serviceError(409, 'UserError', `The asset ${name}:${version} already exists in ${to.scope.name}.`)
  return toAccepted(
    call,
    startOperation(call, (outcome) => {
      if (outcome === 'Succeeded') copy(call, wanted)
    }),
  )
}

const copy = (call: ScopedCall, { source, from, to, name, version }: Share): void => {
  const { listLag, unproven } = call.switches
  const now = call.state.clock.now()
  const created = { createdAt: now, createdBy: call.principal }
  if (to.models.container(name) === undefined)
    to.models.replaceContainer(
      {
        name,
        description: null,
        tags: {},
        properties: {},
        isArchived: false,
        provisioningState: 'Succeeded',
        systemData: { ...created, lastModifiedAt: now, lastModifiedBy: call.principal },
      },
      listLag,
    )
  to.models.replaceVersion(
    {
      ...source,
      model: name,
      version,
      isArchived: false,
      stage: unproven.shareKeepsStage ? source.stage : null,
      modelUri: blobAddress(
        call.url.origin,
        scopeGuid(to.scope),
        source.modelUri?.split('/paths/')[1] ?? 'model',
      ),
      originAssetId: assetId(from, source),
      // As recorded: made now, and yet last modified when the source was.
      systemData: { ...source.systemData, ...created },
    },
    listLag,
  )
}

const assetId = (from: ResourceScope, { model, version }: VersionRecord): string =>
  `azureml://locations/${region}/workspaces/${scopeGuid(from)}/models/${model}/versions/${version}`
