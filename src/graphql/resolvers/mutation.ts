import { copyVersion } from '../../federation/copy/copy-version.ts'
import { toNodeId } from '../../federation/records/node-id.ts'
import { assignAliasToStage, deleteAlias, setAlias } from '../../federation/write/alias-writes.ts'
import { createVersion } from '../../federation/write/create-version.ts'
import {
  createModel,
  deleteModel,
  deleteModelTags,
  describeModel,
  renameModel,
  setModelTags,
} from '../../federation/write/model-writes.ts'
import { transitionStage } from '../../federation/write/stage-writes.ts'
import {
  deleteVersion,
  deleteVersionTags,
  describeVersion,
  setVersionTags,
} from '../../federation/write/version-writes.ts'
import { toModelReference } from '../arguments/to-model-reference.ts'
import { toVersionReference } from '../arguments/to-version-reference.ts'
import type { MutationResolvers } from '../generated/resolver-types.ts'
import { asMutation } from './as-mutation.ts'

export const mutation = asMutation({
  createModel: (_, { input }, { session }) =>
    createModel(session, {
      registry: input.registry,
      name: input.name,
      description: input.description ?? null,
      tags: input.tags ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
    }),

  updateModel: (_, { input }, { session }) =>
    describeModel(session, toModelReference(input.model), input.description),

  renameModel: (_, { input }, { session }) =>
    renameModel(session, toModelReference(input.model), input.newName),

  deleteModel: async (_, { input }, { session }) => {
    const { registry, name } = await deleteModel(session, toModelReference(input.model))
    return { deletedId: toNodeId({ type: 'Model', registry, name }) }
  },

  createModelVersion: (_, { input }, { session }) =>
    createVersion(session, {
      model: toModelReference(input.model),
      createModel: input.createModel ?? false,
      source: input.source,
      runId: input.runId ?? null,
      description: input.description ?? null,
      tags: input.tags ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
    }),

  updateModelVersion: (_, { input }, { session }) =>
    describeVersion(session, toVersionReference(input.version), input.description),

  deleteModelVersion: async (_, { input }, { session }) => {
    const deleted = await deleteVersion(session, toVersionReference(input.version))
    return { deletedId: toNodeId({ type: 'ModelVersion', ...deleted }) }
  },

  setModelTags: (_, { input }, { session }) =>
    setModelTags(session, toModelReference(input.model), input.tags),

  deleteModelTags: (_, { input }, { session }) =>
    deleteModelTags(session, toModelReference(input.model), input.keys),

  setModelVersionTags: (_, { input }, { session }) =>
    setVersionTags(session, toVersionReference(input.version), input.tags),

  deleteModelVersionTags: (_, { input }, { session }) =>
    deleteVersionTags(session, toVersionReference(input.version), input.keys),

  setAlias: (_, { input }, { session }) =>
    setAlias(session, {
      model: toModelReference(input.model),
      alias: input.alias,
      version: input.version,
      expectedVersion: input.expectedVersion ?? null,
      onlyIfUnset: input.onlyIfUnset ?? false,
    }),

  deleteAlias: (_, { input }, { session }) =>
    deleteAlias(session, {
      model: toModelReference(input.model),
      alias: input.alias,
      expectedVersion: input.expectedVersion ?? null,
    }),

  transitionStage: (_, { input }, { session }) =>
    transitionStage(session, {
      version: toVersionReference(input.version),
      stage: input.stage,
      archiveExisting: input.archiveExisting ?? null,
      expectedStage: input.expectedStage ?? null,
      comment: input.comment ?? null,
    }),

  copyModelVersion: (_, { input }, { session }) =>
    copyVersion(session, {
      source: toVersionReference(input.source),
      destination: input.destination,
      artifacts: input.artifacts ?? 'REFERENCE',
      tags: input.tags ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
    }),

  assignAliasToStage: (_, { input }, { session }) =>
    assignAliasToStage(session, {
      model: toModelReference(input.model),
      stage: input.stage,
      alias: input.alias,
    }),
} satisfies MutationResolvers)
