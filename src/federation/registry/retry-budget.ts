/** Lets a tenth of the calls be repeated, so that retries never multiply the load on a registry in trouble. */
export class RetryBudget {
  #tokens = 3

  earn(): void {
    this.#tokens = Math.min(10, this.#tokens + 0.1)
  }

  spend(): boolean {
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}
