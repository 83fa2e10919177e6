import type { ModelWrites } from '../../contract/index.ts'
import type { RenameModel } from '../records/command.ts'
import type { WrittenModel } from '../records/written.ts'
import { assertModelName } from './legal-texts.ts'
import { locateModelToWrite } from './locate-target.ts'
import { having, type WriteKind } from './write-kind.ts'

type Renames = Required<Pick<ModelWrites, 'rename'>>

export const renamingModel: WriteKind<RenameModel, Renames, string, void, WrittenModel> = {
  step: 'renameModel',
  needs: { part: ({ writes }) => having(writes?.models, 'rename'), toDo: 'rename models' },
  turn: 'unlessNative',
  locate: locateModelToWrite,
  intend({ newName }, registry) {
    assertModelName(registry, newName, 'newName')
    return newName
  },
  apply: (models, { target, intent }, call) => models.rename(target.model, intent, call),
  follow: (grants, { registry, model }, { intent: newName }) => grants.renamed(registry, model, newName),
  conclude: ({ registry }, name) => ({ answer: { registry, name }, facts: { renamedTo: name } }),
}
