interface Route {
  free: number
  readonly waiting: Set<() => void>
}

const slotsOfRoute = 4

/**
 * Copies of files under way at once, from each registry into each other one. A registry that is slow at giving or at
 * taking holds up what goes the same way, and nobody else.
 */
export class CopySlots {
  readonly #routes = new Map<string, Route>()

  /** @param signal ends the wait for a slot. */
  async run<T>(from: string, to: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const name = JSON.stringify([from, to])
    const route = this.#routes.get(name) ?? { free: slotsOfRoute, waiting: new Set() }
    this.#routes.set(name, route)
    if (route.free > 0) route.free--
    else await waitForTurn(route, signal)
    try {
      return await work()
    } finally {
      const [next] = route.waiting
      if (next) next()
      else if (++route.free === slotsOfRoute) this.#routes.delete(name)
    }
  }
}

function waitForTurn({ waiting }: Route, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.delete(enter)
      reject(signal.reason)
    }
    const enter = () => {
      waiting.delete(enter)
      signal.removeEventListener('abort', leave)
      resolve()
    }
    if (signal.aborted) return leave()
    waiting.add(enter)
    signal.addEventListener('abort', leave, { once: true })
  })
}
