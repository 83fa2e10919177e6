import { setTimeout as wait } from 'node:timers/promises'
import type { DoneWrite, Written } from '../../stores/done-write.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { Command, WriteTarget } from '../records/command.ts'
import { isReservedTag } from '../records/origin-tags.ts'
import type { Announcement, Intent, IntentTimes, Journal, LookAt } from '../session/journal.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { givenModel, givenVersion } from './given-records.ts'
import { happeningsOf } from './happenings.ts'
import type { Recorder } from './recorder.ts'

/** How often a model is read back that others write to meanwhile. */
const tries = 5
/** How long for what another process has done before, and has not noted yet. */
const patienceMs = 500
const earlyMs = 25
const nothingRead: DoneWrite['read'] = { model: undefined, versions: [], runs: [] }

type Notes = Pick<Journal, 'begin' | 'claim' | 'close'> & { end(id: string): Promise<void> }

/**
 * Takes every write into the catalog, and into the log of events, in the step that notes its end: whoever has the answer
 * of a mutation finds it there.
 */
export class CatalogJournal implements Journal {
  readonly #notes: Notes
  readonly #recorder: Recorder
  readonly #keeps: (registry: string) => { readonly runs: boolean } | null
  /** The last one of each model that writes are under way to. */
  readonly #line = new Map<string, Promise<unknown>>()

  /** @param keeps how a registry is kept; null: it is not. */
  constructor(
    notes: Notes,
    recorder: Recorder,
    keeps: (registry: string) => { readonly runs: boolean } | null,
  ) {
    this.#notes = notes
    this.#recorder = recorder
    this.#keeps = keeps
  }

  begin(intent: Intent, times: IntentTimes): Promise<void> {
    return this.#notes.begin(intent, times)
  }

  async end(id: string, announcement: Announcement | null, lookAt?: LookAt): Promise<void> {
    if (announcement === null) return this.#notes.end(id)
    const { command, facts, caller: actor, requestId } = announcement
    const { registry, model, comment = null } = facts
    const written = happeningsOf(command, facts)
    const by = { actor, requestId, comment }
    const isOfRows = written.some(({ kind }) => kind !== 'PERMISSION_CHANGED')
    const reads = isOfRows && this.#keeps(registry) !== null ? lookAt : undefined
    const patientUntil = performance.now() + patienceMs
    for (let left = tries; left > 0; left--) {
      const look = reads ? await this.#recorder.lookAt(registry) : null
      const read = look && reads ? await this.#readBack(reads(registry), model, written) : nothingRead
      const isLast = left === 1 || read.model === undefined
      const write = { model, written, read: left === 1 ? nothingRead : asMade(command, written, read), by }
      const isPatient = performance.now() < patientUntil
      const how = { look: isLast ? null : look, isPatient }
      const outcome = await this.#recorder.record(id, registry, how, write)
      if (outcome === 'done') return
      if (outcome === 'early') {
        left++
        await wait(earlyMs)
      }
    }
  }

  async claim(forMs: number): Promise<Intent | null> {
    const intent = await this.#notes.claim(forMs)
    if (intent) await this.#recorder.markDirty(intent.target)
    return intent
  }

  async inOrder<T>({ registry, model }: WriteTarget, write: () => Promise<T>): Promise<T> {
    const name = JSON.stringify([registry, model])
    const before = this.#line.get(name) ?? Promise.resolve()
    const own = before.then(write, write)
    const settled = own.catch(() => {})
    this.#line.set(name, settled)
    try {
      return await own
    } finally {
      if (this.#line.get(name) === settled) this.#line.delete(name)
    }
  }

  close(): Promise<void> {
    return this.#notes.close()
  }

  /** What cannot be read back is read later. */
  async #readBack(
    registry: RegistrySession,
    model: string,
    written: readonly Written[],
  ): Promise<DoneWrite['read']> {
    if (written.some(({ kind }) => kind === 'MODEL_DELETED')) return { ...nothingRead, model: null }
    const name = written.find(({ kind }) => kind === 'MODEL_RENAMED')?.after ?? model
    const ofVersions = written.filter(({ kind }) => !kind.startsWith('ALIAS_') && kind !== 'VERSION_DELETED')
    const numbers = [...new Set(ofVersions.flatMap(({ version }) => version ?? []))]
    try {
      const [found, ...versions] = await Promise.all([
        registry.model(name),
        ...numbers.map((version) => registry.version({ model: name, version })),
      ])
      const there = versions.filter((version) => version !== null)
      const isMade = written.some(({ kind }) => kind === 'VERSION_CREATED' || kind === 'VERSION_COPIED')
      const runIds =
        isMade && this.#keeps(registry.name)?.runs ? there.flatMap(({ runId }) => runId ?? []) : []
      return {
        model: found && givenModel(found),
        versions: there.map(givenVersion),
        runs: await Promise.all(
          runIds.map(async (runId) => ({ runId, outcome: await registry.runOrWhyNot(runId) })),
        ),
      }
    } catch (error) {
      if (error instanceof RegistryFailure) return nothingRead
      throw error
    }
  }
}

/** Of a model that the write has made itself only what it has made: what was added since, others tell of. */
function asMade(command: Command, written: readonly Written[], read: DoneWrite['read']): DoneWrite['read'] {
  if (!read.model || written.every(({ kind }) => kind !== 'MODEL_CREATED')) return read
  const given = command.operation === 'createModel' ? command.tags.map(({ key }) => key) : []
  const tags = read.model.tags.filter(({ key }) => given.includes(key) || isReservedTag(key))
  const isDescribed = command.operation === 'createModel' && command.description
  const description = isDescribed ? read.model.description : null
  return { ...read, model: { ...read.model, aliases: [], tags, description } }
}
