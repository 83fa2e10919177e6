import { isIPv6 } from 'node:net'

const mostAddresses = 10_000

export interface FailureLimits {
  /** How many may fail in a row. */
  readonly burst: number
  /** How long until one more may. */
  readonly refillMs: number
}

const usualLimits: FailureLimits = { burst: 100, refillMs: 1000 }

interface Account {
  left: number
  since: number
}

/**
 * How often credentials from one address have failed of late. Of more addresses than there is room for, those whose last
 * failure is the longest ago are forgotten.
 */
export class Failures {
  readonly #limits: FailureLimits
  readonly #accounts = new Map<string, Account>()

  constructor(limits: Partial<FailureLimits> = {}) {
    this.#limits = { ...usualLimits, ...limits }
  }

  /** Milliseconds until another try is looked at; 0: now. */
  waitMs(address: string): number {
    const account = this.#accounts.get(toKey(address))
    if (!account) return 0
    this.#refill(account)
    return account.left >= 1 ? 0 : Math.ceil((1 - account.left) * this.#limits.refillMs)
  }

  /** Whether it was the last one for now. */
  note(address: string): boolean {
    const key = toKey(address)
    const account = this.#accounts.get(key) ?? { left: this.#limits.burst, since: performance.now() }
    this.#refill(account)
    account.left = Math.max(0, account.left - 1)
    // The order of the map is that of the last failures.
    this.#accounts.delete(key)
    this.#accounts.set(key, account)
    const [oldest] = this.#accounts.keys()
    if (this.#accounts.size > mostAddresses && oldest !== undefined) this.#accounts.delete(oldest)
    return account.left < 1
  }

  #refill(account: Account): void {
    const now = performance.now()
    const { burst, refillMs } = this.#limits
    account.left = Math.min(burst, account.left + (now - account.since) / refillMs)
    account.since = now
  }
}

/** Whoever has an IPv6 address has a network of them. */
function toKey(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const first = head.split(':').filter((part) => part !== '')
  const last = tail === undefined ? [] : tail.split(':')
  const zeros = Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}
