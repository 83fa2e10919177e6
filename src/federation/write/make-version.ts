import { compareVersions, type TagRecord } from '../../contract/index.ts'
import type { FederatedVersion } from '../records.ts'
import { isReservedTag } from '../registry/origin-tags.ts'
import { RegistryFailure } from '../registry-failure.ts'
import { Session } from '../session.ts'
import { mayBeUndone, type Once, type OnceKey, onceOnly } from './once.ts'
import type { WrittenVersion } from './version-writes.ts'
import { toWritable, type WritableRegistry } from './writable.ts'

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
  readonly idempotencyKey: string | null
  /** See {@link OnceOnly.waitMs}. */
  readonly waitMs?: number
  /** Everything that has to be the same under the same key. */
  readonly arguments: unknown
  /** Checks everything that can be checked before something is written. */
  plan(): Promise<Plan>
  /** Makes the version of a model that is there, and answers which one it is. */
  create(registry: WritableRegistry, plan: Plan, once: OnceKey | null): Promise<string>
}

/** What there was before. */
interface Memo<Plan extends VersionPlan> {
  readonly plan: Plan
  readonly modelThere: boolean
  readonly highest: string | null
}

/** Makes a version, and the model too where that is wished for and it is not there. */
export function makeVersion<Plan extends VersionPlan>(
  session: Session,
  version: VersionToMake<Plan>,
): Promise<MadeVersion> {
  return onceOnly<Memo<Plan>, MadeVersion>(session, {
    operation: version.operation,
    idempotencyKey: version.idempotencyKey,
    ...(version.waitMs !== undefined && { waitMs: version.waitMs }),
    arguments: version.arguments,
    prepare: async () => lookAhead(session, await version.plan()),
    perform: async (once) => perform(session, version, once),
    recover: (memo) => recover(session, memo),
  })
}

async function lookAhead<Plan extends VersionPlan>(session: Session, plan: Plan): Promise<Memo<Plan>> {
  const found = await session.registry(plan.registry).versionsOfModel(plan.model, 1)
  const highest =
    found?.versions
      .map(({ version }) => version)
      .toSorted(compareVersions)
      .at(-1) ?? null
  const modelThere = (await session.registry(plan.registry).model(plan.model)) !== null
  return { plan, modelThere, highest }
}

async function perform<Plan extends VersionPlan>(
  session: Session,
  version: VersionToMake<Plan>,
  once: Once<Memo<Plan>> | null,
): Promise<MadeVersion> {
  const plan = once?.memo.plan ?? (await version.plan())
  const { registry, model } = plan
  const made = plan.createModel && (await ensureModel(session, plan, once))
  try {
    const number = await version.create(await toWritable(session.registry(registry)), plan, once)
    const createdModel = once ? plan.createModel && !once.memo.modelThere : made
    return { registry, model, version: number, createdModel }
  } catch (error) {
    if (made && mayBeUndone(error, once)) await removeIfEmpty(session, plan)
    throw error
  }
}

/** Answers whether it was made here. */
async function ensureModel(session: Session, { registry, model }: VersionPlan, once: OnceKey | null) {
  const writable = await toWritable(session.registry(registry))
  if (await writable.session.model(model)) return false
  const wish = { name: model, description: null, tags: [], idempotencyKey: once?.key ?? null }
  try {
    await writable.session.write(
      'models.create',
      (_, call) => writable.writes.models.create(wish, call),
      once?.lost,
    )
    return true
  } catch (error) {
    if (!(error instanceof RegistryFailure) || error.error.code !== 'ALREADY_EXISTS') throw error
    // Somebody else has made it meanwhile, or what has the name is no model, and the error says what it is.
    if (!(await session.registry(registry).model(model))) throw error
    return false
  }
}

/**
 * A version that was refused leaves no model behind, unless somebody else has begun to use it. Also when the client has
 * left, with whom its own session ends.
 */
async function removeIfEmpty(
  { federation, caller }: Session,
  { registry: name, model }: VersionPlan,
): Promise<void> {
  const session = new Session(federation, { deadlineMs: null, signal: new AbortController().signal, caller })
  const { session: registry, writes } = await toWritable(session.registry(name))
  const { models } = writes
  if (!models.delete) return
  try {
    const [found, versions] = await Promise.all([registry.model(model), registry.versionsOfModel(model, 1)])
    const isEmpty = versions?.complete === true && versions.versions.length === 0
    if (!found || !isEmpty || found.tags.length > 0 || found.description !== null) return
    await registry.write('models.delete', async (_, call) => models.delete?.(model, call))
  } catch (error) {
    federation.log.warn({ registry: name, model, err: error }, 'an empty model was left behind')
  } finally {
    session.end()
  }
}

/** The first version since then that is what was asked for. */
async function recover(
  session: Session,
  { plan, modelThere, highest }: Memo<VersionPlan>,
): Promise<MadeVersion | null> {
  const { registry, model } = plan
  const { session: current, description } = await toWritable(session.registry(registry))
  if (description.levels.idempotency === 'NATIVE') return null
  const found = await current.versionsOfModel(model, 100)
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
