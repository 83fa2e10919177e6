import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import type { MadeVersion, WrittenModel } from '../records/written.ts'
import type { Session } from '../session/session.ts'

/** What is there under a name, by which something else of that name is told from it later. */
interface Made {
  readonly createdAt: Date | null
}

/** The model that was made; null where it is gone, and another one has its name at most. */
export async function findModel(
  session: Session,
  { registry, name, createdAt }: WrittenModel,
): Promise<FederatedModel | null> {
  return unlessAnother(await session.registry(registry).model(name), createdAt)
}

/** The same of a version. */
export async function findVersion(
  session: Session,
  { registry, model, version, createdAt }: Omit<MadeVersion, 'createdModel'>,
): Promise<FederatedVersion | null> {
  return unlessAnother(await session.registry(registry).version({ model, version }), createdAt)
}

/** Notes when it was made, for whoever asks again under the same key. What is written stands, whatever a read says. */
export async function withTime<Answer extends object>(
  answer: Answer,
  find: () => Promise<Made | null>,
): Promise<Answer & { readonly createdAt?: number }> {
  const made = await find().catch(() => null)
  return made?.createdAt ? { ...answer, createdAt: made.createdAt.getTime() } : answer
}

function unlessAnother<Found extends Made>(found: Found | null, createdAt: number | undefined): Found | null {
  const isAnother = createdAt !== undefined && found?.createdAt && found.createdAt.getTime() !== createdAt
  return isAnother ? null : found
}
