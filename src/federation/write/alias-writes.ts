import { type AliasMove, type AliasWrites, isSameFolded, RegistryError } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { AssignAliasToStage, DeleteAlias, SetAlias, WriteTarget } from '../records/command.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { WrittenAlias } from '../records/written.ts'
import { latestVersion } from '../resolve/latest-version.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { assertAlias } from './legal-texts.ts'
import { locateModelToWrite } from './locate-target.ts'
import { requireStage } from './stage-writes.ts'
import { type Needs, notFound } from './writable.ts'
import type { Done, WriteKind } from './write-kind.ts'

const needs = (toDo: string): Needs<AliasWrites> => ({ part: ({ writes }) => writes?.aliases, toDo })

function moved(
  { registry, model }: WriteTarget,
  { alias, to }: { readonly alias: string; readonly to: string | null },
  move: AliasMove | null,
): Done<WrittenAlias> {
  const from = move?.previous ?? null
  return {
    answer: { registry, model, alias, previousVersion: from },
    facts: { alias: { name: alias, from, to } },
  }
}

export const settingAlias: WriteKind<SetAlias, AliasWrites, SetAlias, AliasMove, WrittenAlias> = {
  step: 'aliases.set',
  needs: needs('set aliases'),
  turn: 'unlessNative',
  check({ onlyIfUnset, expectedVersion }) {
    if (!onlyIfUnset || expectedVersion === null) return
    throw new InputError(
      'onlyIfUnset',
      'onlyIfUnset and expectedVersion exclude each other; give one of them.',
    )
  },
  locate: locateModelToWrite,
  intend(command, registry) {
    assertAlias(registry, command.alias)
    return command
  },
  apply(aliases, { target: { model }, intent }, call) {
    const expected = intent.onlyIfUnset ? null : (intent.expectedVersion ?? undefined)
    return aliases.set({ model, alias: intent.alias }, intent.version, expected, call)
  },
  conclude: (target, { alias, version }, move) => moved(target, { alias, to: version }, move),
}

export const deletingAlias: WriteKind<DeleteAlias, AliasWrites, DeleteAlias, AliasMove, WrittenAlias> = {
  step: 'aliases.delete',
  needs: needs('delete aliases'),
  turn: 'unlessNative',
  locate: locateModelToWrite,
  intend: (command) => command,
  apply: (aliases, { target: { model }, intent: { alias, expectedVersion } }, call) =>
    aliases.delete({ model, alias }, expectedVersion ?? undefined, call),
  conclude: (target, { alias }, move) => moved(target, { alias, to: null }, move),
}

interface AliasOfStage {
  readonly alias: string
  readonly stage: string
  /** The highest in the stage, once that has been looked at. */
  readonly version: string
}

export const assigningAliasToStage: WriteKind<
  AssignAliasToStage,
  AliasWrites,
  AliasOfStage,
  AliasMove,
  WrittenAlias
> = {
  step: 'aliases.set',
  needs: needs('set aliases'),
  turn: 'always',
  locate: locateModelToWrite,
  intend(command, registry) {
    const stage = requireStage(registry, command.stage, 'stage')
    assertAlias(registry, command.alias)
    return { alias: command.alias, stage, version: '' }
  },
  async look(intent, { model }, registry) {
    return { ...intent, version: await highestInStage(registry, model, intent.stage) }
  },
  apply: (aliases, { target: { model }, intent: { alias, version } }, call) =>
    aliases.set({ model, alias }, version, undefined, call),
  conclude: (target, { alias, version }, move) => moved(target, { alias, to: version }, move),
}

/** A list may lag behind what was moved, and what is written by it would stay. */
async function requireInStage(
  registry: RegistrySession,
  { modelName: model, version }: FederatedVersion,
  stage: string,
): Promise<string> {
  const found = await registry.version({ model, version })
  if (found?.stage != null && isSameFolded(found.stage, stage)) return version
  const message = `The list of "${registry.name}" shows version ${version} of the model ${JSON.stringify(model)} in the stage ${stage}, where it is not any more; try again when the list has caught up.`
  const options = { retryable: true, nothingWritten: true }
  throw new RegistryFailure(registry.name, new RegistryError('CONFLICT', message, options))
}

async function highestInStage(registry: RegistrySession, model: string, stage: string): Promise<string> {
  const found = await latestVersion(registry, model, stage)
  if (found) return requireInStage(registry, found, stage)
  if (!(await registry.model(model))) throw notFound(registry, `The model ${JSON.stringify(model)}`)
  const message = `No version of the model ${JSON.stringify(model)} is in the stage ${stage}.`
  throw new RegistryFailure(registry.name, new RegistryError('NOT_FOUND', message))
}
