import { copyingVersion } from '../copy/copy-version.ts'
import { changeGrant } from '../permissions/change-grant.ts'
import type { Command } from '../records/command.ts'
import type { Answers } from '../records/written.ts'
import type { Session } from '../session/session.ts'
import { assigningAliasToStage, deletingAlias, settingAlias } from '../write/alias-writes.ts'
import { creatingModel } from '../write/create-model.ts'
import { creatingVersion } from '../write/create-version.ts'
import { type MakingCommand, type MakingKind, makeVersion, type VersionPlan } from '../write/make-version.ts'
import { unwatched, type Watch } from '../write/progress.ts'
import { renamingModel } from '../write/rename-model.ts'
import { transitioningStage } from '../write/stage-writes.ts'
import { aModel, aVersion } from '../write/subject.ts'
import { deleting, deletingTags, describing, settingTags } from '../write/subject-writes.ts'
import type { WriteKind } from '../write/write-kind.ts'
import { writeOneStep } from '../write/write-one-step.ts'

type Carry<C extends Command> = (
  session: Session,
  command: C,
  watch: Watch,
) => Promise<Answers[C['operation']]>

function oneStep<C extends Command, Part, Intent, Result>(
  kind: WriteKind<C, Part, Intent, Result, Answers[C['operation']]>,
): Carry<C> {
  return (session, command) => writeOneStep(session, kind, command)
}

function making<C extends MakingCommand, Plan extends VersionPlan>(kind: MakingKind<C, Plan>): Carry<C> {
  return (session, command, watch) => makeVersion(session, kind, command, watch)
}

const ways: { readonly [C in Command as C['operation']]: Carry<C> } = {
  createModel: oneStep(creatingModel),
  updateModel: oneStep(describing('updateModel', aModel)),
  renameModel: oneStep(renamingModel),
  deleteModel: oneStep(deleting('deleteModel', aModel)),
  setModelTags: oneStep(settingTags('setModelTags', aModel)),
  deleteModelTags: oneStep(deletingTags('deleteModelTags', aModel)),
  createModelVersion: making(creatingVersion),
  updateModelVersion: oneStep(describing('updateModelVersion', aVersion)),
  deleteModelVersion: oneStep(deleting('deleteModelVersion', aVersion)),
  setModelVersionTags: oneStep(settingTags('setModelVersionTags', aVersion)),
  deleteModelVersionTags: oneStep(deletingTags('deleteModelVersionTags', aVersion)),
  setAlias: oneStep(settingAlias),
  deleteAlias: oneStep(deletingAlias),
  assignAliasToStage: oneStep(assigningAliasToStage),
  transitionStage: oneStep(transitioningStage),
  copyModelVersion: making(copyingVersion),
  setPermission: changeGrant,
  removePermission: changeGrant,
}

/**
 * The one way of everything that is written, whichever door it comes through: what it is about is located, the caller's
 * access and the registry's rules are asked, a key that is known answers what it answered; then it is noted, and as
 * the one writer of its model it passes the gate and is done by the adapter; its outcome is noted with what is announced.
 *
 * @throws InputError, RegistryFailure or KeyReusedError.
 */
export async function carryOut<C extends Command>(
  session: Session,
  command: C,
  watch: Watch = unwatched,
): Promise<Answers[C['operation']]> {
  const carry = ways[command.operation] as Carry<Command>
  const { federation } = session
  federation.noteWrite()
  try {
    return (await carry(session, command, watch)) as Answers[C['operation']]
  } finally {
    // Whatever it noted beside what it wrote is noted by now.
    federation.noteWrite()
  }
}
