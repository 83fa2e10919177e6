import type { VersionNote, VersionNotes } from '../../../src/stores/version-notes.ts'

type Row = VersionNote & { readonly registry: string }

/** What the gateway's database keeps of copies, for federations that have none. */
export function createInMemoryNotes(): VersionNotes {
  const rows = new Map<string, Row>()
  const change = (isMeant: (row: Row) => boolean, to: (row: Row) => Row | null) => {
    for (const row of [...rows.values()].filter(isMeant)) {
      const changed = to(row)
      if (changed === null) rows.delete(row.id)
      else rows.set(row.id, changed)
    }
  }
  return {
    async note(note) {
      rows.set(note.id, { ...note, version: null })
    },
    async settle(id, version) {
      change(
        (row) => row.id === id,
        (row) => ({ ...row, version }),
      )
    },
    async forget(id) {
      rows.delete(id)
    },
    async find(registry, keys) {
      const isAsked = (row: Row) =>
        keys.some(({ model, version }) => row.model === model && (row.version ?? version) === version)
      return [...rows.values()].filter((row) => row.registry === registry && isAsked(row)).toReversed()
    },
    async renameModel(registry, model, newName) {
      change(
        (row) => row.registry === registry && row.model === model,
        (row) => ({ ...row, model: newName }),
      )
    },
    async forgetModel(registry, model) {
      change(
        (row) => row.registry === registry && row.model === model,
        () => null,
      )
    },
    async forgetVersion(registry, { model, version }) {
      change(
        (row) => row.registry === registry && row.model === model && row.version === version,
        () => null,
      )
    },
  }
}
