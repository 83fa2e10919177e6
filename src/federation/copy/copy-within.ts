import type { Adapter } from '../../contract/index.ts'
import { type Needs, requirePart } from '../write/writable.ts'
import type { CopyWork } from './copy-work.ts'

const copying: Needs<NonNullable<Adapter['copies']>> = {
  part: ({ copies }) => copies,
  toDo: 'copy versions by itself',
}

/** The registry's own way, or else a version whose source is the original's URI, from which it has files and run. */
export function copyWithin({ source, destination, plan, once }: CopyWork): Promise<string> {
  const { model, description, tags } = plan
  const { copies } = destination.registry.link.facets
  const original = { model: source.modelName, version: source.version }
  const wish = { model, description, tags, idempotencyKey: once?.key ?? null }
  if (!copies) return destination.createVersion({ ...wish, source: plan.source, runId: null })
  return destination.enter(({ session }, lost) =>
    session.write(
      'copies.copy',
      (facets, call) => requirePart(session, copying, facets).copy({ ...wish, source: original }, call),
      lost,
    ),
  )
}
