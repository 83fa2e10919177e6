import type { TagRecord } from '../../../src/contract/index.ts'
import { carryOut } from '../../../src/federation/commands/carry-out.ts'
import type * as commands from '../../../src/federation/records/command.ts'
import type { Operation } from '../../../src/federation/records/command.ts'
import type { ModelReference, VersionReference } from '../../../src/federation/records/references.ts'
import type { Session } from '../../../src/federation/session/session.ts'
import type { Watch } from '../../../src/federation/write/progress.ts'

type Wish<O extends Operation> = Omit<commands.Commands[O], 'operation'>

export type VersionToCreate = Wish<'createModelVersion'>
export type VersionToCopy = Wish<'copyModelVersion'>

/** When something was made is different each time. */
async function timeless<T extends { readonly createdAt?: number }>(answer: Promise<T>) {
  const { createdAt, ...rest } = await answer
  return rest
}

/** The commands, with less to write around them. */
export const createModel = (session: Session, wish: Wish<'createModel'>) =>
  timeless(carryOut(session, { operation: 'createModel', ...wish }))

export const describeModel = (session: Session, model: ModelReference, description: string) =>
  carryOut(session, { operation: 'updateModel', model, description })

export const renameModel = (session: Session, model: ModelReference, newName: string) =>
  carryOut(session, { operation: 'renameModel', model, newName })

export const deleteModel = (session: Session, model: ModelReference) =>
  carryOut(session, { operation: 'deleteModel', model })

export const setModelTags = (session: Session, model: ModelReference, tags: readonly TagRecord[]) =>
  carryOut(session, { operation: 'setModelTags', model, tags })

export const deleteModelTags = (session: Session, model: ModelReference, keys: readonly string[]) =>
  carryOut(session, { operation: 'deleteModelTags', model, keys })

export const createVersion = (session: Session, wish: VersionToCreate) =>
  timeless(carryOut(session, { operation: 'createModelVersion', ...wish }))

export const copyVersion = (session: Session, wish: VersionToCopy, watch?: Watch) =>
  timeless(carryOut(session, { operation: 'copyModelVersion', ...wish }, watch))

export const describeVersion = (session: Session, version: VersionReference, description: string) =>
  carryOut(session, { operation: 'updateModelVersion', version, description })

export const deleteVersion = (session: Session, version: VersionReference) =>
  carryOut(session, { operation: 'deleteModelVersion', version })

export const setVersionTags = (session: Session, version: VersionReference, tags: readonly TagRecord[]) =>
  carryOut(session, { operation: 'setModelVersionTags', version, tags })

export const deleteVersionTags = (session: Session, version: VersionReference, keys: readonly string[]) =>
  carryOut(session, { operation: 'deleteModelVersionTags', version, keys })

export const setAlias = (session: Session, wish: Wish<'setAlias'>) =>
  carryOut(session, { operation: 'setAlias', ...wish })

export const deleteAlias = (session: Session, wish: Wish<'deleteAlias'>) =>
  carryOut(session, { operation: 'deleteAlias', ...wish })

export const assignAliasToStage = (session: Session, wish: Wish<'assignAliasToStage'>) =>
  carryOut(session, { operation: 'assignAliasToStage', ...wish })

export const transitionStage = (session: Session, wish: Wish<'transitionStage'>) =>
  carryOut(session, { operation: 'transitionStage', ...wish })
