import { randomUUID } from 'node:crypto'
import type { ArtifactUpload, NewVersion } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { writingNothing } from '../errors/writing-nothing.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import { Session } from '../session/session.ts'
import type { Attempt } from './attempt.ts'
import { assertSource } from './legal-texts.ts'
import type { OnceKey } from './once.ts'
import { leftBehind, type Mark, takeBackModel } from './take-back-model.ts'
import { requireWrites, toWritable, type WritableRegistry } from './writable.ts'

interface Destination {
  /** Whether it is made when it is not there. */
  readonly create: boolean
  /** Whether an earlier try of the same wish has made it when it is there. */
  readonly mayBeOurs: boolean
}

/** The model that a version is going to be of: made where that is wished for, and taken back when nothing came of it. */
export class DestinationModel {
  readonly registry: RegistrySession
  readonly #attempt: Attempt
  readonly #destination: Destination
  readonly #once: OnceKey | null
  #made: Mark | null = null

  constructor(attempt: Attempt, destination: Destination, once: OnceKey | null) {
    this.registry = attempt.session.registry(attempt.target.registry)
    this.#attempt = attempt
    this.#destination = destination
    this.#once = once
  }

  get isMade(): boolean {
    return this.#made !== null
  }

  /** `null`: it was there. */
  get made(): Mark | null {
    return this.#made
  }

  /**
   * Works in the model once it is there. Where it may have to be made nobody takes it away in between, which is why
   * that waits for its turn on every backend.
   */
  enter<T>(work: (registry: WritableRegistry, lost: AbortSignal | undefined) => Promise<T>): Promise<T> {
    const { registry } = this
    const { create } = this.#destination
    const turn = create ? 'always' : 'unlessNative'
    return this.#attempt.inTurn(turn, { registry, lost: this.#once?.lost }, async (lost) => {
      const writable = await toWritable(registry)
      if (create) this.#made = (await this.#makeIfAbsent(writable, lost)) ?? this.#made
      return work(writable, lost)
    })
  }

  /**
   * @param upload of its files, which may have the version already, pending.
   * @throws InputError when the registry does not take the source, which of moved files was not known before.
   */
  createVersion(version: NewVersion, upload: Pick<ArtifactUpload, 'finalise'> = {}): Promise<string> {
    const { finalise } = upload
    return this.enter((registry, lost) => {
      assertSource(registry, version.source)
      const { session } = registry
      return finalise
        ? session.write('imports.finalise', (_, call) => finalise.call(upload, version, call), lost)
        : session.write(
            'versions.create',
            ({ writes }, call) => requireWrites(session, writes).versions.create(version, call),
            lost,
          )
    })
  }

  /**
   * Takes away what was made here, as long as nobody has begun to use it; also when the client has left, with whom its
   * own session ends. Answers what is left all the same, in words for whoever is told of the failure.
   */
  async takeBack(): Promise<string | null> {
    const made = this.#made
    if (made === null) return null
    const { federation, caller } = this.#attempt.session
    const { signal } = new AbortController()
    const session = new Session(federation, { deadlineMs: null, signal, caller })
    const { registry, model } = this.#attempt.target
    try {
      return (await takeBackModel(session, { registry, model }, made)) ? null : leftBehind(model)
    } catch (error) {
      federation.log.warn({ registry, model, err: error }, 'an empty model is taken back later')
      return (await this.#noteForLater(made)) ? takenBackLater(model) : leftBehind(model)
    } finally {
      session.end()
    }
  }

  async #noteForLater(made: Mark): Promise<boolean> {
    const { federation } = this.#attempt.session
    const { registry, model } = this.#attempt.target
    const cleanUp = {
      id: randomUUID(),
      kind: 'model',
      registry,
      model,
      details: JSON.stringify(made),
    } as const
    try {
      return await federation.coordination.cleanUps.note(cleanUp, 0)
    } catch (error) {
      federation.log.warn({ registry, model, err: error }, 'an empty model was left behind')
      return false
    }
  }

  /** Null when it was there. */
  async #makeIfAbsent(
    { session, writes: { models } }: WritableRegistry,
    lost: AbortSignal | undefined,
  ): Promise<Mark | null> {
    const { model: name } = this.#attempt.target
    const { mayBeOurs } = this.#destination
    // The version has the key itself.
    const key = this.#once ? `${this.#once.key}-model` : models.takeBack ? randomUUID() : null
    if (await writingNothing(session.model(name))) {
      // It was not there when it was asked whether it may be written to: somebody may have made it since.
      await this.#attempt.assertMayWrite()
      return mayBeOurs && models.takeBack ? { key, ...unknownTimes } : null
    }
    const wish = { name, description: null, tags: [], idempotencyKey: key }
    try {
      await session.write(
        'models.create',
        ({ writes }, call) => requireWrites(session, writes).models.create(wish, call),
        lost,
      )
    } catch (error) {
      if (!(error instanceof RegistryFailure) || error.code !== 'ALREADY_EXISTS') throw error
      // Somebody else has made it meanwhile, or what has the name is no model, and the error says what it is.
      if (!(await writingNothing(session.model(name)))) throw error
      await this.#attempt.assertMayWrite()
      return null
    }
    const { federation, writer } = this.#attempt.session
    this.#made = { key, ...unknownTimes }
    // The version is the next step, for which one has to be allowed to see the model.
    await federation.grants.made(session.name, name, writer.caller)
    return models.takeBack || !models.delete ? this.#made : { key, ...(await timesOf(session, name)) }
  }
}

const unknownTimes = { createdAt: null, updatedAt: null }

/** A model that cannot be read is not known again, and so it stays. */
async function timesOf(
  registry: RegistrySession,
  name: string,
): Promise<Pick<Mark, 'createdAt' | 'updatedAt'>> {
  try {
    const model = await registry.model(name)
    return { createdAt: model?.createdAt?.getTime() ?? null, updatedAt: model?.updatedAt?.getTime() ?? null }
  } catch (error) {
    if (error instanceof RegistryFailure) return unknownTimes
    throw error
  }
}

function takenBackLater(model: string): string {
  return `The model ${JSON.stringify(model)} was made for it and is still there, empty: the gateway takes it away when it can.`
}
