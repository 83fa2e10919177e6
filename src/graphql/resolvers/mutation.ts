import { carryOut } from '../../federation/commands/carry-out.ts'
import { toNodeId } from '../../federation/records/node-id.ts'
import { toModelReference } from '../arguments/to-model-reference.ts'
import { toVersionReference } from '../arguments/to-version-reference.ts'
import type { MutationResolvers } from '../generated/resolver-types.ts'
import { asMutation } from './as-mutation.ts'

export const mutation = asMutation({
  createModel: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'createModel',
      registry: input.registry,
      name: input.name,
      description: input.description ?? null,
      tags: input.tags ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
    }),

  updateModel: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'updateModel',
      model: toModelReference(input.model),
      description: input.description,
    }),

  renameModel: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'renameModel',
      model: toModelReference(input.model),
      newName: input.newName,
    }),

  deleteModel: async (_, { input }, { session }) => {
    const { registry, name } = await carryOut(session, {
      operation: 'deleteModel',
      model: toModelReference(input.model),
    })
    return { deletedId: toNodeId({ type: 'Model', registry, name }) }
  },

  createModelVersion: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'createModelVersion',
      model: toModelReference(input.model),
      createModel: input.createModel ?? false,
      source: input.source,
      runId: input.runId ?? null,
      description: input.description ?? null,
      tags: input.tags ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
    }),

  updateModelVersion: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'updateModelVersion',
      version: toVersionReference(input.version),
      description: input.description,
    }),

  deleteModelVersion: async (_, { input }, { session }) => {
    const deleted = await carryOut(session, {
      operation: 'deleteModelVersion',
      version: toVersionReference(input.version),
    })
    return { deletedId: toNodeId({ type: 'ModelVersion', ...deleted }) }
  },

  setModelTags: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'setModelTags',
      model: toModelReference(input.model),
      tags: input.tags,
    }),

  deleteModelTags: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'deleteModelTags',
      model: toModelReference(input.model),
      keys: input.keys,
    }),

  setModelVersionTags: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'setModelVersionTags',
      version: toVersionReference(input.version),
      tags: input.tags,
    }),

  deleteModelVersionTags: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'deleteModelVersionTags',
      version: toVersionReference(input.version),
      keys: input.keys,
    }),

  setAlias: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'setAlias',
      model: toModelReference(input.model),
      alias: input.alias,
      version: input.version,
      expectedVersion: input.expectedVersion ?? null,
      onlyIfUnset: input.onlyIfUnset ?? false,
    }),

  deleteAlias: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'deleteAlias',
      model: toModelReference(input.model),
      alias: input.alias,
      expectedVersion: input.expectedVersion ?? null,
    }),

  transitionStage: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'transitionStage',
      version: toVersionReference(input.version),
      stage: input.stage,
      archiveExisting: input.archiveExisting ?? null,
      expectedStage: input.expectedStage ?? null,
      comment: input.comment ?? null,
    }),

  copyModelVersion: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'copyModelVersion',
      source: toVersionReference(input.source),
      destination: input.destination,
      artifacts: input.artifacts ?? 'REFERENCE',
      tags: input.tags ?? [],
      idempotencyKey: input.idempotencyKey ?? null,
    }),

  assignAliasToStage: (_, { input }, { session }) =>
    carryOut(session, {
      operation: 'assignAliasToStage',
      model: toModelReference(input.model),
      stage: input.stage,
      alias: input.alias,
    }),

  setPermission: (_, { input }, { session }) => carryOut(session, { operation: 'setPermission', ...input }),

  removePermission: (_, { input }, { session }) =>
    carryOut(session, { operation: 'removePermission', ...input }),
} satisfies MutationResolvers)
