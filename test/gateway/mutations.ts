/** Documents for the tests of writes, each with one variable `input`. */
const document = (field: string, type: string, selection: string) =>
  `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`

const model = 'model { id name description tags { key value } }'
const version =
  'modelVersion { version modelName source artifactUri description stage status runId digest sizeBytes tags { key value } copiedFrom { version modelName } }'

export const createModel = document('createModel', 'CreateModelInput', model)
export const updateModel = document('updateModel', 'UpdateModelInput', model)
export const renameModel = document('renameModel', 'RenameModelInput', model)
export const deleteModel = document('deleteModel', 'DeleteModelInput', 'deletedId')
export const createVersion = document('createModelVersion', 'CreateModelVersionInput', version)
export const updateVersion = document('updateModelVersion', 'UpdateModelVersionInput', version)
export const deleteVersion = document('deleteModelVersion', 'DeleteModelVersionInput', 'deletedId')
export const setModelTags = document('setModelTags', 'SetModelTagsInput', model)
export const deleteModelTags = document('deleteModelTags', 'DeleteModelTagsInput', model)
export const setVersionTags = document('setModelVersionTags', 'SetModelVersionTagsInput', version)
export const deleteVersionTags = document('deleteModelVersionTags', 'DeleteModelVersionTagsInput', version)
export const setAlias = document(
  'setAlias',
  'SetAliasInput',
  'previousVersion alias { name versionNumber version { version aliases { name } } }',
)
export const deleteAlias = document(
  'deleteAlias',
  'DeleteAliasInput',
  'previousVersion model { aliases { name } }',
)
export const assignAliasToStage = document(
  'assignAliasToStage',
  'AssignAliasToStageInput',
  'previousVersion alias { name versionNumber }',
)
export const transitionStage = document(
  'transitionStage',
  'TransitionStageInput',
  'modelVersion { version stage } archived { version stage }',
)
export const copyVersion = document('copyModelVersion', 'CopyModelVersionInput', `createdModel ${version}`)

export const load = `query ($registry: String!, $name: String!) {
  model(registry: $registry, name: $name) {
    name description tags { key value } aliases { name versionNumber }
    versions(includeArchived: true) { nodes { version source stage description runId tags { key value } } }
  }
}`

export const lineage = `query ($registry: String!, $model: String!, $version: String!) {
  modelVersion(registry: $registry, model: $model, version: $version) {
    source copiedFrom { version modelName } lineage { uri registry broken }
  }
}`
