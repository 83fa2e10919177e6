import { randomUUID } from 'node:crypto'
import { compareVersions, type TagRecord } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure, restate } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import { isReservedTag } from '../records/origin-tags.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import { DestinationModel } from './destination-model.ts'
import { mayBeUndone, type Once, type OnceKey, onceOnly } from './once.ts'
import type { WrittenVersion } from './version-writes.ts'
import { toWritable } from './writable.ts'

export interface MadeVersion extends WrittenVersion {
  readonly createdModel: boolean
}

/** A version that is going to be. Plain data: it is noted before it is made. */
export interface VersionPlan {
  readonly registry: string
  readonly model: string
  /** Whether the model is made when it is not there. */
  readonly createModel: boolean
  /** As it is going to read back. */
  readonly source: string
  readonly runId: string | null
  readonly description: string | null
  /** The gateway's own among them. */
  readonly tags: readonly TagRecord[]
}

export interface VersionToMake<Plan extends VersionPlan> {
  readonly operation: string
  /** What it is a copy of, for the log. */
  readonly copyOf?: string
  readonly idempotencyKey: string | null
  /** See {@link OnceOnly.waitMs}. */
  readonly waitMs?: number
  /** See {@link OnceOnly.arguments}. */
  readonly arguments: unknown
  /** Whether files are moved for it, as must not happen again to those of a version that is made. */
  readonly movesFiles?: boolean
  /** Checks everything that can be checked before something is written. */
  plan(): Promise<Plan>
  /** Makes the version, and answers which one it is. */
  create(making: Making<Plan>): Promise<string>
}

/** A version that is being made. */
export interface Making<Plan extends VersionPlan> {
  readonly plan: Plan
  readonly destination: DestinationModel
  /** Names what belongs to this version before it has a number. Of no other wish, also not of one under the same key. */
  readonly nonce: string
  readonly once: OnceKey | null
}

/** What there was before. */
interface Memo<Plan extends VersionPlan> {
  readonly plan: Plan
  readonly modelThere: boolean
  readonly highest: string | null
  readonly nonce: string
}

/** Makes a version, and the model too where that is wished for and it is not there. */
export async function makeVersion<Plan extends VersionPlan>(
  session: Session,
  version: VersionToMake<Plan>,
): Promise<MadeVersion> {
  const { operation, copyOf } = version
  const { answer, isReplay } = await onceOnly<Memo<Plan>, MadeVersion>(session, {
    operation,
    idempotencyKey: version.idempotencyKey,
    ...(version.waitMs !== undefined && { waitMs: version.waitMs }),
    arguments: version.arguments,
    prepare: () => writingNothing(version.plan().then((plan) => lookAhead(session, plan))),
    perform: async (once) => perform(session, version, once),
    recover: async (memo) => {
      const { description } = await toWritable(session.registry(memo.plan.registry))
      const isKeptThere = description.levels.idempotency === 'NATIVE' && version.movesFiles !== true
      return isKeptThere ? null : recover(session, memo)
    },
  })
  session.noteWrite({ operation, ...answer, ...(copyOf !== undefined && { copyOf }), isReplay })
  return answer
}

async function lookAhead<Plan extends VersionPlan>(session: Session, plan: Plan): Promise<Memo<Plan>> {
  const found = await session.registry(plan.registry).versionsOfModel(plan.model, 1)
  const highest =
    found?.versions
      .map(({ version }) => version)
      .toSorted(compareVersions)
      .at(-1) ?? null
  const modelThere = (await session.registry(plan.registry).model(plan.model)) !== null
  return { plan, modelThere, highest, nonce: randomUUID() }
}

async function perform<Plan extends VersionPlan>(
  session: Session,
  version: VersionToMake<Plan>,
  once: Once<Memo<Plan>> | null,
): Promise<MadeVersion> {
  const plan = once?.memo.plan ?? (await writingNothing(version.plan()))
  const { registry, model } = plan
  const nonce = once?.memo.nonce ?? randomUUID()
  const mayBeOurs = once !== null && !once.memo.modelThere
  const destination = new DestinationModel(
    session,
    { registry, model, create: plan.createModel, mayBeOurs },
    once,
  )
  try {
    const number = await version.create({ plan, destination, nonce, once })
    const createdModel = once ? plan.createModel && !once.memo.modelThere : destination.isMade
    return { registry, model, version: number, createdModel }
  } catch (error) {
    if (!mayBeUndone(error, once)) throw error
    throw alsoSaying(error, await destination.takeBack())
  }
}

function alsoSaying(error: unknown, words: string | null): unknown {
  if (words === null) return error
  if (error instanceof InputError) return new InputError(error.field, `${error.message} ${words}`)
  return error instanceof RegistryFailure ? restate(error, { message: `${error.message} ${words}` }) : error
}

/** The first version since then that is what was asked for. */
async function recover(
  session: Session,
  { plan, modelThere, highest }: Memo<VersionPlan>,
): Promise<MadeVersion | null> {
  const { registry, model } = plan
  const found = await session.registry(registry).versionsOfModel(model, 100)
  const since = found?.versions.filter(
    ({ version }) => highest === null || compareVersions(version, highest) > 0,
  )
  const [first] = (since ?? [])
    .filter((version) => isAsPlanned(version, plan))
    .toSorted((a, b) => compareVersions(a.version, b.version))
  if (!first) return null
  return { registry, model, version: first.version, createdModel: plan.createModel && !modelThere }
}

function isAsPlanned(version: FederatedVersion, plan: VersionPlan): boolean {
  const tags = plan.tags.filter(({ key }) => !isReservedTag(key))
  const isSameSource =
    version.source === plan.source || (plan.source.startsWith('runs:/') && version.runId === plan.runId)
  return (
    isSameSource &&
    (version.description ?? '') === (plan.description ?? '') &&
    version.tags.length === tags.length &&
    tags.every(({ key, value }) => version.tags.some((tag) => tag.key === key && tag.value === value))
  )
}
