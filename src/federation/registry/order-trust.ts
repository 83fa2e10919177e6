const forgetAfterMs = 60_000

/**
 * Remembers in which orders a registry turned out not to give its rows: it said so, or it broke its word. Such a
 * list is read whole at once, without a try first. Forgotten after a minute, as a write between two pages can look
 * the same as a broken order.
 */
export class OrderTrust {
  readonly #brokenUntil = new Map<string, number>()

  isBroken(order: string): boolean {
    const until = this.#brokenUntil.get(order)
    if (until === undefined) return false
    if (until > Date.now()) return true
    this.#brokenUntil.delete(order)
    return false
  }

  noteBroken(order: string): void {
    this.#brokenUntil.set(order, Date.now() + forgetAfterMs)
  }
}
