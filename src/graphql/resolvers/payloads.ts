import { loadArchived } from '../../federation/write/stage-writes.ts'
import { findModel, findVersion } from '../../federation/write/still-itself.ts'
import type {
  AliasPayloadResolvers,
  CopyModelVersionPayloadResolvers,
  DeleteAliasPayloadResolvers,
  ModelPayloadResolvers,
  ModelVersionPayloadResolvers,
  PermissionPayloadResolvers,
  TransitionPayloadResolvers,
} from '../generated/resolver-types.ts'

export const modelPayload: ModelPayloadResolvers = {
  model: (written, _, { session }) => findModel(session, written),
}

export const modelVersionPayload: ModelVersionPayloadResolvers = {
  modelVersion: (written, _, { session }) => findVersion(session, written),
}

export const copyModelVersionPayload: CopyModelVersionPayloadResolvers = {
  modelVersion: (written, _, { session }) => findVersion(session, written),
}

export const aliasPayload: AliasPayloadResolvers = {
  alias: async ({ registry, model, alias }, _, { session }) => {
    const found = (await session.registry(registry).model(model))?.aliases.find(({ name }) => name === alias)
    return found ? { ...found, registry, mode: 'LIVE', model } : null
  },
}

export const deleteAliasPayload: DeleteAliasPayloadResolvers = {
  model: ({ registry, model }, _, { session }) => session.registry(registry).model(model),
}

export const transitionPayload: TransitionPayloadResolvers = {
  modelVersion: ({ registry, model, version }, _, { session }) =>
    session.registry(registry).version({ model, version }),
  archived: (transition, _, { session }) => loadArchived(session, transition),
}

export const permissionPayload: PermissionPayloadResolvers = { grant: (granted) => granted }
