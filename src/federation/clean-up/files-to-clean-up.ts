import { type ArtifactUpload, type NewTransfer, RegistryError } from '../../contract/index.ts'
import { isNothingWritten } from '../errors/is-nothing-written.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { Federation } from '../session/federation.ts'
import type { RegistrySession } from '../session/registry-session.ts'
import type { Mark } from '../write/take-back-model.ts'
import { discardFiles, type FilesDetails } from './perform-clean-up.ts'

/** Longer than the copy can last: whoever was at it is gone then. */
const marginMs = 60_000

/** The files of a copy, noted before the first byte: they go again unless a version is made with them. */
export class FilesToCleanUp {
  readonly #registry: RegistrySession
  readonly #federation: Federation
  readonly #id: string
  #isForgotten = false

  private constructor(registry: RegistrySession, federation: Federation, id: string) {
    this.#registry = registry
    this.#federation = federation
    this.#id = id
  }

  /**
   * @param made the model that was made for it, which goes again with the files when the gateway is killed.
   * @throws RegistryFailure while the files of an earlier try are being cleaned up.
   */
  static async note(
    registry: RegistrySession,
    { id, model, origin }: NewTransfer,
    made: Mark | null,
    federation: Federation,
  ): Promise<FilesToCleanUp> {
    const { cleanUps } = federation.coordination
    const details = JSON.stringify({ origin, made } satisfies FilesDetails)
    const cleanUp = { id, kind: 'files', registry: registry.name, model, details } as const
    if (await cleanUps.note(cleanUp, federation.copyTimeoutMs + marginMs)) {
      return new FilesToCleanUp(registry, federation, id)
    }
    throw unavailable(registry, 'What an earlier try has left behind is being cleaned up; try again later.')
  }

  /** What is certain to have left nothing has nothing to be cleaned up after it. */
  async unlessNothingWritten<T>(beginning: Promise<T>): Promise<T> {
    try {
      return await beginning
    } catch (error) {
      if (isNothingWritten(error)) await this.forget()
      throw error
    }
  }

  /**
   * From now on a version may have them.
   *
   * @throws RegistryFailure when their time was over sooner than the copy, as after a jump of the clock.
   */
  async leaveToPeople(problem: string): Promise<void> {
    let areLeft = true
    await this.#keep(async (cleanUps) => {
      areLeft = await cleanUps.leaveToPeople(this.#id, problem)
    })
    if (areLeft) return
    const message = 'The files of the copy were taken away before a version was made with them; try again.'
    throw unavailable(this.#registry, message)
  }

  async forget(): Promise<void> {
    this.#isForgotten = true
    await this.#keep((cleanUps) => cleanUps.forget(this.#id))
  }

  /** @param upload null: nobody knows whether there is anything; that is found out later. */
  async cleanUp(upload: ArtifactUpload | null): Promise<void> {
    if (this.#isForgotten) return
    try {
      if (upload === null) throw new Error('It is not known what was begun.')
      await discardFiles(this.#registry, upload, new AbortController().signal)
      await this.forget()
    } catch (error) {
      const { log } = this.#federation
      log.warn({ registry: this.#registry.name, err: error }, 'files of a copy are cleaned up later')
      const problem = error instanceof RegistryFailure ? error.message : null
      await this.#keep((cleanUps) => cleanUps.postpone(this.#id, 0, problem))
    }
  }

  /** What came of the copy stands, whatever becomes of the note. */
  async #keep(change: (cleanUps: Federation['coordination']['cleanUps']) => Promise<unknown>): Promise<void> {
    try {
      await change(this.#federation.coordination.cleanUps)
    } catch (error) {
      this.#federation.log.warn({ err: error }, 'what becomes of the files of a copy could not be noted')
    }
  }
}

function unavailable({ name }: RegistrySession, message: string): RegistryFailure {
  return new RegistryFailure(
    name,
    new RegistryError('REGISTRY_UNAVAILABLE', message, { nothingWritten: true }),
  )
}
