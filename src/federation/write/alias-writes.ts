import { type AliasMove, type Expected, RegistryError } from '../../contract/index.ts'
import { InputError } from '../input-error.ts'
import { RegistryFailure } from '../registry-failure.ts'
import { latestVersion } from '../resolve/latest-version.ts'
import type { Session } from '../session.ts'
import { assertAlias } from './legal-texts.ts'
import { locateModel, type ModelReference } from './model-reference.ts'
import { asOneWriter } from './one-writer.ts'
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
  return moveAlias(session, { registry: registry.name, model, alias, expected }, async () => version)
}

interface AliasChange {
  readonly registry: string
  readonly model: string
  readonly alias: string
  readonly expected: Expected<string | null>
}

/** The version is chosen when no other writer can come in between any more. */
async function moveAlias(
  session: Session,
  { registry: registryName, model, alias, expected }: AliasChange,
  chooseVersion: () => Promise<string>,
): Promise<WrittenAlias> {
  const writable = await toWritable(session.registry(registryName))
  const aliases = requirePart(writable.session, writable.writes.aliases, 'set aliases')
  assertAlias(writable, alias)
  const { previous } = await asOneWriter(session, writable.session, model, async (registry, lost) => {
    const version = await chooseVersion()
    return registry.write(
      'aliases.set',
      (_, call): Promise<AliasMove> => aliases.set({ model, alias }, version, expected, call),
      lost,
    )
  })
  return { registry: registryName, model, alias, previousVersion: previous }
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
  const { previous } = await asOneWriter(session, located, model, (registry, lost) =>
    registry.write(
      'aliases.delete',
      (_, call): Promise<AliasMove> => aliases.delete({ model, alias }, expectedVersion ?? undefined, call),
      lost,
    ),
  )
  return { registry: located.name, model, alias, previousVersion: previous }
}

export interface StageToAlias {
  readonly model: ModelReference
  readonly stage: string
  readonly alias: string
}

/** To the highest version in the stage. */
export async function assignAliasToStage(session: Session, input: StageToAlias): Promise<WrittenAlias> {
  const { registry, name: model } = locateModel(session, input.model)
  const stage = requireStage(await toWritable(registry), input.stage, 'stage')
  const change = { registry: registry.name, model, alias: input.alias, expected: undefined }
  return moveAlias(session, change, async () => {
    const current = session.registry(registry.name)
    const found = await latestVersion(current, model, stage)
    if (found) return found.version
    if (!(await current.model(model))) throw notFound(current, `The model ${JSON.stringify(model)}`)
    const message = `No version of the model ${JSON.stringify(model)} is in the stage ${stage}.`
    throw new RegistryFailure(current.name, new RegistryError('NOT_FOUND', message))
  })
}
