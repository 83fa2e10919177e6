import type { RegistryDescription, RegistryError } from '../../contract/index.ts'

const keptMs = 60_000
/** Clients can be refused as often as they like; that is no reason to ask each time. */
const hardlyKnownMs = 1000

/** What a registry says of itself, for a while: another server may stand in its place, and know more or less. */
export class Description {
  #said: { readonly description: RegistryDescription; readonly at: number } | null = null
  #isExpired = false

  async get(ask: () => Promise<RegistryDescription>): Promise<RegistryDescription> {
    const before = this.#said
    if (before !== null && !this.#isExpired && ageOf(before) < keptMs) return before.description
    try {
      const description = await ask()
      this.#said = { description, at: performance.now() }
      this.#isExpired = false
      return description
    } catch (error) {
      if (before === null) throw error
      return before.description
    }
  }

  /** Asked for anew by whoever needs it next. */
  expire(): void {
    this.#isExpired = true
  }

  /** Expires when the registry refuses what it should know by what it said. */
  noteFailure({ code }: RegistryError): void {
    const isRefused = code === 'BAD_USER_INPUT' || code === 'UNSUPPORTED'
    if (isRefused && this.#said !== null && ageOf(this.#said) >= hardlyKnownMs) this.expire()
  }
}

function ageOf({ at }: { readonly at: number }): number {
  return performance.now() - at
}
