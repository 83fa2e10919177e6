import { logicalModel } from '../logical/logical-models.ts'
import type { EventRecord } from '../records/event.ts'
import type { FederatedRegistry } from '../records/federated-registry.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import { fromNodeId, type NodeReference } from '../records/node-id.ts'
import type { FederatedModel, FederatedRun, FederatedVersion } from '../records/records.ts'
import { unsealEvent } from '../session/event-places.ts'
import type { Session } from '../session/session.ts'
import { toldEvents } from '../session/told-events.ts'

export type NodeRecord =
  | FederatedModel
  | FederatedVersion
  | FederatedRun
  | FederatedRegistry
  | FederatedLogicalModel
  | EventRecord

/** Null when the id is malformed, or what it stands for is not there. */
export async function loadNode(session: Session, id: string): Promise<NodeRecord | null> {
  const reference = fromNodeId(id)
  return reference && loadReference(session, reference)
}

async function loadReference(session: Session, reference: NodeReference): Promise<NodeRecord | null> {
  if (reference.type === 'Event') return loadEvent(session, reference.sealed)
  if (reference.type === 'LogicalModel') return logicalModel(session, reference.name, 'INDEXED')
  const registry = session.findRegistry(reference.registry)
  if (!registry) return null
  switch (reference.type) {
    case 'Registry':
      return registry.record
    case 'Model':
      return registry.model(reference.name)
    case 'ModelVersion':
      return registry.version({ model: reference.model, version: reference.version })
    case 'Run':
      // By itself it does not say of which models it is, and so not whether it is there for the caller.
      return session.access.isRestricted ? null : registry.run(reference.runId)
  }
}

async function loadEvent(session: Session, sealed: string): Promise<EventRecord | null> {
  const seq = unsealEvent(session, sealed)
  const event = seq === null ? null : await session.federation.history.event(seq)
  if (event === null) return null
  const [told] = await toldEvents(session, [event])
  return told ?? null
}

/** Which of the six a record is. */
export function typeOfNode(record: NodeRecord): NodeReference['type'] {
  if ('latestVersions' in record) return 'Model'
  if ('modelName' in record) return 'ModelVersion'
  if ('seq' in record) return 'Event'
  if ('members' in record) return 'LogicalModel'
  return 'runId' in record ? 'Run' : 'Registry'
}
