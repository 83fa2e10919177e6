import type { CopyWork } from './copy-work.ts'

/** The registry's own way, or else a version whose source is the original's URI, from which it has files and run. */
export function copyWithin({ source, destination, plan, once }: CopyWork): Promise<string> {
  const { model, description, tags } = plan
  const { copies } = destination.registry.link.facets
  const original = { model: source.modelName, version: source.version }
  const wish = { model, description, tags, idempotencyKey: once?.key ?? null }
  if (!copies) return destination.createVersion({ ...wish, source: plan.source, runId: null })
  return destination.enter(({ session }, lost) =>
    session.write('copies.copy', (_, call) => copies.copy({ ...wish, source: original }, call), lost),
  )
}
