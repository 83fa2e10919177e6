import type { RegistryError } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedModel, FederatedVersion } from '../records/records.ts'
import { type SourceState, sourceStateOf } from '../registry/source-state.ts'
import type { Session } from '../session/session.ts'

/** Who holds an alias of a model, or why that is not known. */
export interface HeldBy {
  readonly version: FederatedVersion | null
  readonly state: SourceState
  readonly error: RegistryError | null
}

/** Asks where the model was read. */
export async function holderOf(session: Session, model: FederatedModel, alias: string): Promise<HeldBy> {
  try {
    const reader = session.reader(model)
    const version = await reader.holderOfAlias({ model: model.name, alias })
    return { version, state: reader.isStale ? 'STALE' : 'OK', error: null }
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error
    return { version: null, state: sourceStateOf(error.error), error: error.error }
  }
}
