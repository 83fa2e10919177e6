import type { CopyWork } from './copy-work.ts'

/** The registry's own way, or else a version whose source is the original's URI, from which it has files and run. */
export function copyWithin({ source, destination, plan, once }: CopyWork): Promise<string> {
  const { model, description, tags } = plan
  const { session, writes } = destination
  const { copies } = session.link.facets
  const original = { model: source.modelName, version: source.version }
  const wish = { model, description, tags, idempotencyKey: once?.key ?? null }
  return copies
    ? session.write('copies.copy', (_, call) => copies.copy({ ...wish, source: original }, call), once?.lost)
    : session.write(
        'versions.create',
        (_, call) => writes.versions.create({ ...wish, source: plan.source, runId: null }, call),
        once?.lost,
      )
}
