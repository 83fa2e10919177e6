import { type ArtifactImports, type NewVersion, RegistryError } from '../../../src/contract/index.ts'
import type { MemoryGate } from './memory-gate.ts'
import { addVersion, type MemoryModel, type MemoryStore, theModel, toMap } from './memory-store.ts'
import { carriedRun, createUpload, scheme } from './memory-transfer.ts'

/** The other order: a version is made first, pending, then it takes its files, and then it is finalised. */
export function createPendingImports(store: MemoryStore, gate: MemoryGate): ArtifactImports {
  return {
    async begin({ id, model, run }, call) {
      gate.enter(call)
      const place = scheme + id
      const owner = theModel(store, model)
      const number = pendingVersion(store, owner, place)
      const files = store.files.get(place) ?? new Map<string, Uint8Array>()
      store.files.set(place, files)
      const upload = createUpload(store, place, { files, run: carriedRun(id, run) }, gate)
      return {
        ...upload,
        async finalise(version, finalising) {
          gate.enter(finalising)
          return finalise(owner, number, version)
        },
        async discard(discarding) {
          await upload.discard(discarding)
          if (owner.versions.delete(number)) owner.discarded = (owner.discarded ?? 0) + 1
        },
      }
    },
  }
}

/** That of an earlier try, where there was one. */
function pendingVersion(store: MemoryStore, model: MemoryModel, place: string): string {
  const [number, earlier] = [...model.versions].find(([, version]) => version.place === place) ?? []
  if (number === undefined) return addVersion(store, model, { ...blank(), source: place })
  if (earlier?.status === 'PENDING') return number
  throw new RegistryError('ALREADY_EXISTS', 'A version has these files already.')
}

function blank() {
  const now = new Date()
  return {
    description: null,
    tags: [],
    stage: 'None',
    archived: false,
    status: 'PENDING',
    statusMessage: 'Its files are on their way.',
    runId: null,
    createdBy: null,
    createdAt: now,
    updatedAt: now,
  } as const
}

function finalise(
  { versions }: MemoryModel,
  number: string,
  { description, tags, runId }: NewVersion,
): string {
  const version = versions.get(number)
  if (version === undefined) throw new RegistryError('NOT_FOUND', 'The version is gone.')
  if (version.status !== 'PENDING') return number
  const given = { description: description || null, tags: toMap(tags), runId, updatedAt: new Date() }
  Object.assign(version, given, { status: 'READY', statusMessage: null })
  return number
}
