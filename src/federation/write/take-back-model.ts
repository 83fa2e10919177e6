import type { WriteTarget } from '../records/command.ts'
import type { Session } from '../session/session.ts'
import { inTurn } from './one-writer.ts'
import { toWritable, type WritableRegistry } from './writable.ts'

/** By what a model that was made here is known again. Plain data: it may be noted for later. */
export interface Mark {
  readonly key: string | null
  readonly createdAt: number | null
  readonly updatedAt: number | null
}

/** Answers false when it is still there although nobody uses it. */
export function takeBackModel(
  session: Session,
  { registry: name, model }: WriteTarget,
  made: Mark,
): Promise<boolean> {
  const registry = session.registry(name)
  return inTurn({ session, registry, model }, async (lost) => {
    const isSettled = await remove(await toWritable(registry), model, made, lost)
    if (!(await registry.isTaken(model))) await session.federation.grants.ended(name, model)
    return isSettled
  })
}

/** What people are told of one that stays. */
export function leftBehind(model: string): string {
  return `The model ${JSON.stringify(model)} was made for it and is still there, empty: delete it, or keep it for the next try.`
}

async function remove(
  { session, writes: { models } }: WritableRegistry,
  model: string,
  made: Mark,
  lost: AbortSignal | undefined,
): Promise<boolean> {
  const { key } = made
  if (models.takeBack && key !== null) {
    await session.write(
      'models.takeBack',
      async ({ writes }, call) => writes?.models.takeBack?.(model, key, call),
      lost,
    )
    return true
  }
  const [found, versions] = await Promise.all([session.model(model), session.versionsOfModel(model, 1)])
  if (!found || versions?.complete !== true || versions.versions.length > 0) return true
  if (found.tags.length > 0 || found.description !== null) return true
  if (!models.delete || made.createdAt === null) return false
  const isOurs = found.createdAt?.getTime() === made.createdAt
  if (!isOurs || (found.updatedAt?.getTime() ?? null) !== made.updatedAt) return true
  await session.write('models.delete', async ({ writes }, call) => writes?.models.delete?.(model, call), lost)
  return true
}
