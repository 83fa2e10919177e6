import { type AliasWrites, RegistryError } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { latestVersion } from '../resolve/latest-version.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Session } from '../session/session.ts'
import { assertAlias } from './legal-texts.ts'
import { locateModel, type ModelReference } from './model-reference.ts'
import { inTurn, writeToModel } from './one-writer.ts'
import { requireStage } from './stage-writes.ts'
import { notFound, requirePart, toWritable } from './writable.ts'

export interface WrittenAlias {
  readonly registry: string
  readonly model: string
  readonly alias: string
  readonly previousVersion: string | null
}

export interface AliasToSet {
  readonly model: ModelReference
  readonly alias: string
  readonly version: string
  readonly expectedVersion: string | null
  readonly onlyIfUnset: boolean
}

export async function setAlias(session: Session, input: AliasToSet): Promise<WrittenAlias> {
  const { alias, version, expectedVersion, onlyIfUnset } = input
  if (onlyIfUnset && expectedVersion !== null) {
    throw new InputError(
      'onlyIfUnset',
      'onlyIfUnset and expectedVersion exclude each other; give one of them.',
    )
  }
  const expected = onlyIfUnset ? null : (expectedVersion ?? undefined)
  const { registry, name: model } = locateModel(session, input.model)
  const aliases = await requireAliasWrites(registry, alias)
  const { previous } = await writeToModel({ session, registry, model }, 'aliases.set', (_, call) =>
    aliases.set({ model, alias }, version, expected, call),
  )
  const written = { registry: registry.name, model, alias, previousVersion: previous }
  return noteAlias(session, 'setAlias', written, version)
}

function noteAlias(
  session: Session,
  operation: string,
  written: WrittenAlias,
  to: string | null,
): WrittenAlias {
  const { registry, model, alias: name, previousVersion: from } = written
  session.noteWrite({ operation, registry, model, alias: { name, from, to } })
  return written
}

async function requireAliasWrites(registry: RegistrySession, alias: string): Promise<AliasWrites> {
  const writable = await toWritable(registry)
  const aliases = requirePart(registry, writable.writes.aliases, 'set aliases')
  assertAlias(writable, alias)
  return aliases
}

export interface AliasToDelete {
  readonly model: ModelReference
  readonly alias: string
  readonly expectedVersion: string | null
}

export async function deleteAlias(session: Session, input: AliasToDelete): Promise<WrittenAlias> {
  const { alias, expectedVersion } = input
  const { registry: located, name: model } = locateModel(session, input.model)
  const writable = await toWritable(located)
  const aliases = requirePart(located, writable.writes.aliases, 'delete aliases')
  const { previous } = await writeToModel(
    { session, registry: located, model },
    'aliases.delete',
    (_, call) => aliases.delete({ model, alias }, expectedVersion ?? undefined, call),
  )
  const written = { registry: located.name, model, alias, previousVersion: previous }
  return noteAlias(session, 'deleteAlias', written, null)
}

export interface StageToAlias {
  readonly model: ModelReference
  readonly stage: string
  readonly alias: string
}

/** To the highest version in the stage, which no version enters or leaves before the alias points there. */
export async function assignAliasToStage(session: Session, input: StageToAlias): Promise<WrittenAlias> {
  const { alias } = input
  const { registry, name: model } = locateModel(session, input.model)
  const stage = requireStage(await toWritable(registry), input.stage, 'stage')
  const aliases = await requireAliasWrites(registry, alias)
  const { version, previous } = await inTurn({ session, registry, model }, async (current, lost) => {
    const highest = await highestInStage(current, model, stage)
    const move = await current.write(
      'aliases.set',
      (_, call) => aliases.set({ model, alias }, highest, undefined, call),
      lost,
    )
    return { ...move, version: highest }
  })
  const written = { registry: registry.name, model, alias, previousVersion: previous }
  return noteAlias(session, 'assignAliasToStage', written, version)
}

async function highestInStage(registry: RegistrySession, model: string, stage: string): Promise<string> {
  const found = await latestVersion(registry, model, stage)
  if (found) return found.version
  if (!(await registry.model(model))) throw notFound(registry, `The model ${JSON.stringify(model)}`)
  const message = `No version of the model ${JSON.stringify(model)} is in the stage ${stage}.`
  throw new RegistryFailure(registry.name, new RegistryError('NOT_FOUND', message))
}
