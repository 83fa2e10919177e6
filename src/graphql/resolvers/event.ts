import { toNodeId } from '../../federation/records/node-id.ts'
import type { NodeRecord } from '../../federation/resolve/load-node.ts'
import { eventCursor, sealEvent } from '../../federation/session/event-places.ts'
import type { AliasMomentResolvers, EventResolvers } from '../generated/resolver-types.ts'

export const event: EventResolvers = {
  id: ({ seq }, _, { session }) => toNodeId({ type: 'Event', sealed: sealEvent(session, seq) }),
  cursor: ({ seq }, _, { session }) => eventCursor(session, seq),
  at: ({ at }) => new Date(at),
  notBefore: ({ notBefore }) => (notBefore === null ? null : new Date(notBefore)),

  subject: ({ registry: name, model, version, kind }, _, { session }): Promise<NodeRecord | null> | null => {
    const registry = name === null ? null : session.findRegistry(name)
    if (!registry || model === null) return null
    const isOfModel = version === null || kind.startsWith('ALIAS_')
    return isOfModel ? registry.model(model) : registry.version({ model, version })
  },
}

export const aliasMoment: AliasMomentResolvers = {
  version: ({ registry, model, versionNumber: version }, _, { session }) =>
    version === null ? null : session.registry(registry).version({ model, version }),
}
