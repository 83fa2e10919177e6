import type { WrittenPlace } from '../../stores/done-write.ts'
import type { Command } from '../records/command.ts'

/** Where a command writes; what renames or deletes a whole is not in it. */
export function placesOf(command: Command, version: string | null): WrittenPlace[] {
  switch (command.operation) {
    case 'updateModel':
      return [{ version: null, what: 'description', key: null }]
    case 'updateModelVersion':
      return [{ version, what: 'description', key: null }]
    case 'setModelTags':
      return command.tags.map(({ key }) => ({ version: null, what: 'tag', key }))
    case 'deleteModelTags':
      return command.keys.map((key) => ({ version: null, what: 'tag', key }))
    case 'setModelVersionTags':
      return command.tags.map(({ key }) => ({ version, what: 'tag', key }))
    case 'deleteModelVersionTags':
      return command.keys.map((key) => ({ version, what: 'tag', key }))
    case 'setAlias':
    case 'deleteAlias':
    case 'assignAliasToStage':
      return [{ version: null, what: 'alias', key: command.alias }]
    case 'transitionStage':
      // It may archive whatever is in the stage.
      return [{ version: null, what: 'stage', key: null }]
    case 'createModel':
    case 'createModelVersion':
    case 'copyModelVersion':
      return [{ version: null, what: 'made', key: null }]
    default:
      return []
  }
}
