import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedLogicalModel, LogicalConflictPlace, LogicalPlace } from '../records/logical.ts'
import type { FederatedModel, ReadMode } from '../records/records.ts'
import type { Session } from '../session/session.ts'

export interface MemberRecord extends LogicalPlace {
  readonly record: FederatedModel
}

export interface ConflictRecord extends LogicalConflictPlace {
  readonly record: FederatedModel
}

/** With their models. What its registry has not any more is no member. */
export function loadMembers(
  session: Session,
  { members, mode }: FederatedLogicalModel,
): Promise<MemberRecord[]> {
  return withModels(session, members, mode)
}

/** A tag that means something else puts all models of a registry into one conflict; who mends it needs no more of them. */
export const mostConflicts = 100

export function loadConflicts(
  session: Session,
  { conflicts, mode }: FederatedLogicalModel,
): Promise<ConflictRecord[]> {
  return withModels(session, conflicts.slice(0, mostConflicts), mode)
}

async function withModels<Place extends LogicalPlace>(
  session: Session,
  places: readonly Place[],
  mode: ReadMode,
): Promise<(Place & { readonly record: FederatedModel })[]> {
  const loaded = await Promise.all(
    places.map(async (place) => ({ place, record: await loadModel(session, place, mode) })),
  )
  return loaded.flatMap(({ place, record }) => (record ? [{ ...place, record }] : []))
}

/** Of a registry that does not answer what the catalog has, so that its model is not missing among the others. */
async function loadModel(
  session: Session,
  { registry, model }: LogicalPlace,
  mode: ReadMode,
): Promise<FederatedModel | null> {
  const kept = () => session.reader({ registry, mode: 'INDEXED' }).model(model)
  if (mode === 'INDEXED') return kept()
  try {
    return await session.reader({ registry, mode }).model(model)
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error
    const record = await kept()
    // What belongs to it is asked of the registry, and says itself that it does not answer.
    return record && { ...record, mode }
  }
}
