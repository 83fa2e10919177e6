export interface ListLag {
  /** So many list answers still lack a change. */
  requests?: number
  /** For so many milliseconds lists lack a change. */
  ms?: number
}

interface PendingRow<Row> {
  key: string
  row: Row | undefined
  requestsLeft: number
  dueAt: number
}

/** What lists show: the rows, some time after they changed. */
export class ListIndex<Row> {
  readonly #rows = new Map<string, Row>()
  #pending: PendingRow<Row>[] = []

  /** `undefined` takes the row away. */
  write(key: string, row: Row | undefined, lag: ListLag | null): void {
    if (lag === null && this.#pending.length === 0) this.#apply(key, row)
    else
      this.#pending.push({
        key,
        row,
        requestsLeft: lag?.requests ?? 0,
        dueAt: Date.now() + (lag?.ms ?? 0),
      })
  }

  /** The rows as a list shows them now; counts as one list answer for what is still pending. */
  read(): Row[] {
    const late: PendingRow<Row>[] = []
    for (const change of this.#pending) {
      // Changes of one row stay in their order.
      const isBlocked = late.some(({ key }) => key === change.key)
      if (!isBlocked && change.requestsLeft === 0 && change.dueAt <= Date.now())
        this.#apply(change.key, change.row)
      else late.push({ ...change, requestsLeft: Math.max(0, change.requestsLeft - 1) })
    }
    this.#pending = late
    return [...this.#rows.values()]
  }

  #apply(key: string, row: Row | undefined): void {
    if (row === undefined) this.#rows.delete(key)
    else this.#rows.set(key, row)
  }
}
