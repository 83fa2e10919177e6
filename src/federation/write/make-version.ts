import { randomUUID } from 'node:crypto'
import { compareVersions, type TagRecord } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure, restate } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import type { CopyModelVersion, CreateModelVersion, WriteTarget } from '../records/command.ts'
import { isReservedTag } from '../records/origin-tags.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { MadeVersion } from '../records/written.ts'
import type { Session } from '../session/session.ts'
import { Attempt } from './attempt.ts'
import { DestinationModel } from './destination-model.ts'
import { mayBeUndone, type Once, type OnceKey, onceOnly } from './once.ts'
import type { Watch } from './progress.ts'
import { findVersion, withTime } from './still-itself.ts'
import { toWritable } from './writable.ts'
import type { Done } from './write-kind.ts'

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

/** A write that makes a version, as a row: what is of this one kind, and nothing of the way it goes. */
export interface MakingKind<C extends MakingCommand, Plan extends VersionPlan> {
  /** In which model it is going to be. @throws InputError */
  locate(session: Session, command: C): WriteTarget
  wish(session: Session, command: C): Wish
  /** Checks everything that can be checked before something is written. */
  plan(session: Session, command: C): Promise<Plan>
  /** Makes the version, and answers which one it is. */
  create(making: Making<Plan>, command: C): Promise<string>
}

export type MakingCommand = CreateModelVersion | CopyModelVersion

/** What has to be known of a version before it is planned. */
export interface Wish {
  /** See {@link OnceOnly.arguments}. */
  readonly arguments: unknown
  /** What it is a copy of, for the log. */
  readonly copyOf?: string
  /** See {@link OnceOnly.waitMs}. */
  readonly waitMs?: number
  /** Whether files are moved for it, as must not happen again to those of a version that is made. */
  readonly movesFiles?: boolean
}

/** A version that is being made. */
export interface Making<Plan extends VersionPlan> {
  readonly session: Session
  readonly watch: Watch
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
export async function makeVersion<C extends MakingCommand, Plan extends VersionPlan>(
  session: Session,
  kind: MakingKind<C, Plan>,
  command: C,
  watch: Watch,
): Promise<MadeVersion> {
  const target = kind.locate(session, command)
  const wish = kind.wish(session, command)
  await session.access.assertMayWrite(command, target, session.registry(target.registry))
  const attempt = new Attempt(session, command, target)
  const { copyOf } = wish
  const conclude = (answer: MadeVersion): Done<MadeVersion> => ({
    answer,
    facts: {
      version: answer.version,
      createdModel: answer.createdModel,
      ...(copyOf !== undefined && { copyOf }),
      tagKeys: command.tags.map(({ key }) => key),
    },
  })
  const { answer, isReplay } = await onceOnly<Memo<Plan>, MadeVersion>(session, {
    operation: command.operation,
    idempotencyKey: command.idempotencyKey,
    ...(wish.waitMs !== undefined && { waitMs: wish.waitMs }),
    arguments: wish.arguments,
    prepare: () => writingNothing(kind.plan(session, command).then((plan) => lookAhead(session, plan))),
    async perform(once) {
      const plan = once?.memo.plan ?? (await writingNothing(kind.plan(session, command)))
      const mayTakeMs = wish.waitMs ?? session.registry(target.registry).link.settings.timeoutMs
      const making = { session, watch, plan, nonce: once?.memo.nonce ?? randomUUID(), once }
      return attempt.noted(mayTakeMs, async (begin) => {
        begin()
        return conclude(await perform(attempt, kind, command, making))
      })
    },
    recover: async (memo) => {
      const { description } = await toWritable(session.registry(memo.plan.registry))
      const isKeptThere = description.levels.idempotency === 'NATIVE' && wish.movesFiles !== true
      const found = isKeptThere ? null : await recover(session, memo, wish.movesFiles === true)
      if (found) await attempt.found(conclude(found))
      return found
    },
  })
  return isReplay ? attempt.replayed(conclude(answer)) : answer
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

async function perform<C extends MakingCommand, Plan extends VersionPlan>(
  attempt: Attempt,
  kind: MakingKind<C, Plan>,
  command: C,
  making: Omit<Making<Plan>, 'destination' | 'once'> & { readonly once: Once<Memo<Plan>> | null },
): Promise<MadeVersion> {
  const { plan, once } = making
  const { registry, model, createModel } = plan
  const mayBeOurs = once !== null && !once.memo.modelThere
  const destination = new DestinationModel(attempt, { create: createModel, mayBeOurs }, once)
  try {
    const version = await kind.create({ ...making, destination }, command)
    const createdModel = once ? createModel && !once.memo.modelThere : destination.isMade
    const made = { registry, model, version, createdModel }
    return once ? await withTime(made, () => findVersion(making.session, made)) : made
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

/** The first version since then that is what was asked for. A pending one still waits for the files of its transfer. */
async function recover(
  session: Session,
  { plan, modelThere, highest }: Memo<VersionPlan>,
  movesFiles: boolean,
): Promise<MadeVersion | null> {
  const { registry, model } = plan
  const found = await session.registry(registry).versionsOfModel(model, 100)
  const since = found?.versions.filter(
    ({ version }) => highest === null || compareVersions(version, highest) > 0,
  )
  const [first] = (since ?? [])
    .filter((version) => isAsPlanned(version, plan) && !(movesFiles && version.status === 'PENDING'))
    .toSorted((a, b) => compareVersions(a.version, b.version))
  if (!first) return null
  const made = {
    registry,
    model,
    version: first.version,
    createdModel: plan.createModel && !modelThere,
  }
  return withTime(made, async () => first)
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
