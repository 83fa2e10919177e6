import {
  assertStage,
  type Call,
  compareVersions,
  RegistryError,
  type StageMove,
  type StageTransition,
  type StageWrites,
  type VersionKey,
} from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import { orNull } from '../reads/assets.ts'
import { movedOfLate, withMoves } from '../reads/moved-of-late.ts'
import { readVersions } from '../reads/read-versions.ts'
import type { StageTags } from '../reads/stage-tags.ts'
import type { AzureRegistry } from '../registry.ts'
import { archivedStage, noStage, unregisteredStage } from '../stages-config.ts'
import { modelPath, versionPath } from '../wire/place.ts'
import { readOptionalText, type Wire } from '../wire/wire.ts'
import { toChange, together } from './asset-changes.ts'
import { updateAsset } from './asset-writes.ts'
import { noSuchModel, noSuchVersion, requirePossibleVersion } from './write-words.ts'

export function stageWrites(registry: AzureRegistry): StageWrites {
  return {
    transition: async (key, transition, call) => {
      requirePossibleVersion(key)
      const archiving = isArchiving(transition, registry.stages)
      return registry.writers.run(key.model, call.signal, () =>
        transitionStage(registry, key, transition, archiving, call),
      )
    },
  }
}

function isArchiving({ stage, archiveExisting }: StageTransition, { exclusive }: StageTags): boolean {
  if (archiveExisting === true && (stage === noStage || stage === archivedStage)) {
    throw new RegistryError('BAD_USER_INPUT', `There is nothing to archive for the stage ${stage}.`)
  }
  return archiveExisting ?? exclusive.includes(stage)
}

/** Who comes in goes first: a stage with two versions for a moment is better than one with none. */
async function transitionStage(
  registry: AzureRegistry,
  key: VersionKey,
  { stage, expected }: StageTransition,
  archiving: boolean,
  call: Call,
): Promise<StageMove> {
  const { stages } = registry
  let previous = noStage
  const others = archiving ? await othersInStage(registry, key, stage, call) : []
  await moveVersion(
    registry,
    key,
    async (version) => {
      const current = stageOf(version, stages)
      assertStage(key, current, expected)
      if (current === unregisteredStage) throw unregistered(key)
      if (current !== stage) await noteMoves(registry, key, others, call)
      previous = current
      return stage
    },
    call,
  )
  return { archived: await archiveOthers(registry, key, stage, others, call), previous }
}

/** One that fails is no reason to leave the others in the stage. Asked for again, the transition archives the rest. */
async function archiveOthers(
  registry: AzureRegistry,
  { model, version: own }: VersionKey,
  stage: string,
  others: readonly string[],
  call: Call,
): Promise<string[]> {
  const archived: string[] = []
  const left: string[] = []
  let failure: RegistryError | null = null
  for (const version of others) {
    try {
      if (await archiveOther(registry, { model, version }, stage, call)) archived.push(version)
    } catch (error) {
      if (!RegistryError.is(error)) throw error
      left.push(version)
      failure ??= error
    }
  }
  if (failure !== null) throw halfMoved(own, stage, left, failure)
  return archived
}

/** Somebody else may have moved it since the list was read, which lags behind, or deleted it. */
async function archiveOther(
  registry: AzureRegistry,
  key: VersionKey,
  stage: string,
  call: Call,
): Promise<boolean> {
  const choose = (asset: Asset) => (stageOf(asset, registry.stages) === stage ? archivedStage : null)
  return (await orNull(moveVersion(registry, key, choose, call))) ?? false
}

function halfMoved(own: string, stage: string, left: readonly string[], cause: RegistryError): RegistryError {
  const { code, message, retryable, retryAfterMs, current } = cause
  const state = `Version ${own} is in ${stage} by now, where ${left.join(', ')} may still be: ask for it again, without an expected stage.`
  return new RegistryError(code, `${message} ${state}`, {
    retryable,
    retryAfterMs,
    current,
    nothingWritten: false,
    cause,
  })
}

/** Those that a list shows there, and those that may have come since. */
async function othersInStage(
  registry: AzureRegistry,
  { model, version: own }: VersionKey,
  stage: string,
  call: Call,
): Promise<string[]> {
  const [versions, container] = await Promise.all([
    readVersions(registry, model, true, null, call),
    registry.assets.get(modelPath(registry.place, model), call),
  ])
  // Who cannot be read may be in the stage as well.
  if (versions !== null && versions.flaw !== null) throw versions.flaw
  const listed = (versions?.rows ?? []).filter((version) => version.stage === stage)
  const moved = container === null ? [] : movedOfLate(container)
  return [...new Set([...listed.map(({ version }) => version), ...moved])]
    .filter((version) => version !== own)
    .toSorted(compareVersions)
}

/** Of who comes in, and of those who may go for it. */
async function noteMoves(
  registry: AzureRegistry,
  { model, version }: VersionKey,
  others: readonly string[],
  call: Call,
): Promise<void> {
  const path = modelPath(registry.place, model)
  const moved = [version, ...others]
  await updateAsset(registry, path, noSuchModel(model), (container) => withMoves(container, moved), call)
}

/** Answers whether it was moved. @param choose where to; `null`: it stays. */
async function moveVersion(
  registry: AzureRegistry,
  key: VersionKey,
  choose: (version: Asset) => Promise<string | null> | string | null,
  call: Call,
): Promise<boolean> {
  let moved = false
  const path = versionPath(registry.place, key)
  await updateAsset(
    registry,
    path,
    noSuchVersion(key),
    async (version) => {
      const stage = await choose(version)
      moved = stage !== null
      return stage === null ? null : inStage(version, stage, registry.stages)
    },
    call,
  )
  return moved
}

/** Azure hides what is archived; what is moved on from there is to be seen again. */
function inStage(version: Asset, stage: string, stages: StageTags): Wire | null {
  const tags = toChange(version, stages.write(version.tags, stage))
  const isArchived = stage === archivedStage
  const archiving = (version.properties.isArchived === true) === isArchived ? null : { isArchived }
  return together(tags, archiving)
}

function stageOf({ tags, properties }: Asset, stages: StageTags): string {
  return stages.read(tags, readOptionalText(properties, 'stage'))
}

function unregistered({ model, version }: VersionKey): RegistryError {
  return new RegistryError(
    'BAD_USER_INPUT',
    `Version ${version} of the model ${JSON.stringify(model)} is Unregistered and cannot be moved: register it by making a version of it, whose stage is None.`,
  )
}
