import { markerTag, type Wish } from './call.ts'

export interface Request {
  readonly document: string
  readonly variables: object
}

const mutation = (field: string, type: string, selection: string) =>
  `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`

const documents = {
  createModel: mutation('createModel', 'CreateModelInput', '__typename'),
  deleteModel: mutation('deleteModel', 'DeleteModelInput', 'deletedId'),
  renameModel: mutation('renameModel', 'RenameModelInput', '__typename'),
  createVersion: mutation('createModelVersion', 'CreateModelVersionInput', 'modelVersion { version }'),
  copyVersion: mutation('copyModelVersion', 'CopyModelVersionInput', 'modelVersion { version }'),
  deleteVersion: mutation('deleteModelVersion', 'DeleteModelVersionInput', 'deletedId'),
  setAlias: mutation('setAlias', 'SetAliasInput', 'previousVersion'),
  deleteAlias: mutation('deleteAlias', 'DeleteAliasInput', 'previousVersion'),
  assignAliasToStage: mutation('assignAliasToStage', 'AssignAliasToStageInput', 'previousVersion'),
  transitionStage: mutation('transitionStage', 'TransitionStageInput', 'archived { version }'),
  updateModel: mutation('updateModel', 'UpdateModelInput', '__typename'),
  updateVersion: mutation('updateModelVersion', 'UpdateModelVersionInput', '__typename'),
  setModelTags: mutation('setModelTags', 'SetModelTagsInput', '__typename'),
  setVersionTags: mutation('setModelVersionTags', 'SetModelVersionTagsInput', '__typename'),
  deleteModelTags: mutation('deleteModelTags', 'DeleteModelTagsInput', '__typename'),
  deleteVersionTags: mutation('deleteModelVersionTags', 'DeleteModelVersionTagsInput', '__typename'),
  readModel: `query ($registry: String!, $name: String!) {
    model(registry: $registry, name: $name) {
      description tags { key value } aliases { name versionNumber }
      versions(includeArchived: true, first: 200) {
        complete nodes { version stage description tags { key value } artifactUri }
      }
    }
  }`,
}

export function toRequest(registry: string, wish: Wish, idempotencyKey: string | null): Request {
  if (wish.kind === 'readModel')
    return { document: documents.readModel, variables: { registry, name: wish.name } }
  const { document, input } = toMutation(registry, wish, idempotencyKey)
  return { document: documents[document], variables: { input } }
}

interface Mutation {
  readonly document: keyof typeof documents
  readonly input: object
}

function toMutation(
  registry: string,
  wish: Exclude<Wish, { kind: 'readModel' }>,
  key: string | null,
): Mutation {
  const { name } = wish
  const model = { key: { registry, name } }
  const versionOf = (version: string) => ({ key: { registry, model: name, version } })
  const once = key === null ? {} : { idempotencyKey: key }
  switch (wish.kind) {
    case 'createModel':
      return { document: 'createModel', input: { registry, name, ...once } }
    case 'deleteModel':
      return { document: 'deleteModel', input: { model } }
    case 'renameModel':
      return { document: 'renameModel', input: { model, newName: wish.newName } }
    case 'createVersion': {
      const { createModel, source, marker } = wish
      const tags = [{ key: markerTag, value: marker }]
      return { document: 'createVersion', input: { model, createModel, source, tags, ...once } }
    }
    case 'copyVersion': {
      const { registry: from, model: original, version } = wish.original
      const source = { key: { registry: from, model: original, version } }
      const tags = [{ key: markerTag, value: wish.marker }]
      const destination = { registry, name }
      return { document: 'copyVersion', input: { source, destination, artifacts: 'COPY', tags, ...once } }
    }
    case 'deleteVersion':
      return { document: 'deleteVersion', input: { version: versionOf(wish.version) } }
    case 'setAlias': {
      const { alias, version, expected = null, onlyIfUnset = false } = wish
      return {
        document: 'setAlias',
        input: { model, alias, version, expectedVersion: expected, onlyIfUnset },
      }
    }
    case 'deleteAlias': {
      const { alias, expected = null } = wish
      return { document: 'deleteAlias', input: { model, alias, expectedVersion: expected } }
    }
    case 'assignAliasToStage':
      return { document: 'assignAliasToStage', input: { model, stage: wish.stage, alias: wish.alias } }
    case 'transitionStage': {
      const { version, stage, isArchiving: archiveExisting, expected: expectedStage = null } = wish
      const input = { version: versionOf(version), stage, archiveExisting, expectedStage }
      return { document: 'transitionStage', input }
    }
    case 'setText':
      return toTextMutation(wish, wish.version === null ? { model } : { version: versionOf(wish.version) })
  }
}

function toTextMutation({ key, text, version }: Extract<Wish, { kind: 'setText' }>, of: object): Mutation {
  const isModel = version === null
  if (key === '') {
    return { document: isModel ? 'updateModel' : 'updateVersion', input: { ...of, description: text ?? '' } }
  }
  if (text === null) {
    return { document: isModel ? 'deleteModelTags' : 'deleteVersionTags', input: { ...of, keys: [key] } }
  }
  const tags = [{ key, value: text }]
  return { document: isModel ? 'setModelTags' : 'setVersionTags', input: { ...of, tags } }
}
