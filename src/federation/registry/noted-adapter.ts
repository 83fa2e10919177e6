import { type Adapter, tagLevelOf } from '../../contract/index.ts'
import type { VersionNotes } from '../../stores/version-notes.ts'
import { notedReads } from './noted-reads.ts'
import { notedWrites } from './noted-writes.ts'
import { NotesInDatabase, type NotesPlace, notesInRegistry } from './notes-place.ts'

/**
 * The adapter as one that keeps the gateway's own tags, whatever it keeps: with a place of its own for notes they go
 * there, and where version tags cannot be set they go to the gateway's database.
 */
export function notedAdapter(adapter: Adapter, registry: string, notes: VersionNotes): Adapter {
  const { writes } = adapter
  if (writes === undefined) return adapter
  const { keepsNotes = false, setTags } = writes.versions
  if (!keepsNotes && setTags !== undefined) return adapter
  const place: NotesPlace = keepsNotes ? notesInRegistry : new NotesInDatabase(registry, notes)
  return {
    ...adapter,
    // Of a registry that the configuration makes read-only nobody sees the writes.
    async describe(call) {
      const description = await adapter.describe(call)
      return { ...description, levels: { ...description.levels, tags: tagLevelOf(adapter, description) } }
    },
    ...notedReads(adapter, place),
    ...notedWrites(adapter, writes, place),
    close: () => adapter.close(),
  }
}
