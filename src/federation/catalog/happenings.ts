import type { TagRecord } from '../../contract/index.ts'
import type { Written } from '../../stores/done-write.ts'
import type { Command } from '../records/command.ts'
import type { WriteFacts } from '../session/write-facts.ts'

/** What a write has changed, in the order in which it came about. */
export function happeningsOf(command: Command, facts: WriteFacts): Written[] {
  const { model, version = null } = facts
  const ofModel = { model, version: null, key: null }
  const ofVersion = { model, version, key: null }
  switch (command.operation) {
    case 'createModel':
      return [{ ...ofModel, kind: 'MODEL_CREATED', before: null, after: model }]
    case 'updateModel':
      return [{ ...ofModel, kind: 'MODEL_UPDATED', key: 'description', after: command.description || null }]
    case 'renameModel': {
      const name = facts.renamedTo ?? command.newName
      return [{ ...ofModel, model: name, kind: 'MODEL_RENAMED', before: model, after: name }]
    }
    case 'deleteModel':
      return [{ ...ofModel, kind: 'MODEL_DELETED', before: model, after: null }]
    case 'setModelTags':
      return tagsSet(ofModel, command.tags)
    case 'deleteModelTags':
      return tagsDeleted(ofModel, command.keys)
    case 'createModelVersion':
    case 'copyModelVersion':
      return versionMade(facts)
    case 'updateModelVersion':
      return [
        { ...ofVersion, kind: 'VERSION_UPDATED', key: 'description', after: command.description || null },
      ]
    case 'deleteModelVersion':
      return [{ ...ofVersion, kind: 'VERSION_DELETED', before: version, after: null }]
    case 'setModelVersionTags':
      return tagsSet(ofVersion, command.tags)
    case 'deleteModelVersionTags':
      return tagsDeleted(ofVersion, command.keys)
    case 'setAlias':
    case 'deleteAlias':
    case 'assignAliasToStage':
      return aliasMoved(facts)
    case 'transitionStage':
      return stageChanged(facts)
    case 'setPermission':
    case 'removePermission':
      return grantChanged(facts)
  }
}

type Subject = Pick<Written, 'model' | 'version' | 'key'>

function tagsSet(of: Subject, tags: readonly TagRecord[]): Written[] {
  return tags.map(({ key, value }) => ({ ...of, kind: 'TAG_SET', key, after: value }))
}

function tagsDeleted(of: Subject, keys: readonly string[]): Written[] {
  return keys.map((key) => ({ ...of, kind: 'TAG_DELETED', key, after: null }))
}

function versionMade({ model, version = '', createdModel, copyOf }: WriteFacts): Written[] {
  const made: Written = {
    model,
    version,
    key: null,
    kind: copyOf === undefined ? 'VERSION_CREATED' : 'VERSION_COPIED',
    // Where a copy is from is what there was before it.
    before: copyOf ?? null,
    after: version,
  }
  if (createdModel !== true) return [made]
  return [{ model, version: null, key: null, kind: 'MODEL_CREATED', before: null, after: model }, made]
}

function aliasMoved({ model, alias }: WriteFacts): Written[] {
  if (alias === undefined) return []
  const { name: key, from, to } = alias
  // Who takes away what is not there, or sets what is so already, changes nothing.
  if (from !== undefined && from === to) return []
  const kind = to === null ? 'ALIAS_DELETED' : 'ALIAS_SET'
  return [{ model, version: to, key, kind, ...(from !== undefined && { before: from }), after: to }]
}

function stageChanged({ model, version = '', stage, archived = [] }: WriteFacts): Written[] {
  const others = archived.map(
    (each): Written => ({
      model,
      version: each,
      key: null,
      kind: 'STAGE_CHANGED',
      ...(stage && { before: stage.to }),
      after: 'Archived',
    }),
  )
  if (stage === undefined || (stage.from !== undefined && stage.from === stage.to)) return others
  const { from, to: after } = stage
  const own = { model, version, key: null, kind: 'STAGE_CHANGED' } as const
  return [...others, { ...own, ...(from !== undefined && { before: from }), after }]
}

function grantChanged({ model, grant }: WriteFacts): Written[] {
  if (grant === undefined || grant.from === grant.to) return []
  const { principal: key, from = null, to: after } = grant
  return [{ model, version: null, key, kind: 'PERMISSION_CHANGED', before: from, after }]
}
