import { randomUUID } from 'node:crypto'
import type { AzureClock } from './azure-clock.ts'
import type { AzureDoubleSwitches } from './switches.ts'

type Outcome = AzureDoubleSwitches['longRunning']['outcome']

export interface Operation {
  id: string
  startedAt: bigint
  endedAt?: bigint
  outcome?: Outcome
  /** What asking for the result of a success gives; undefined is 204. */
  result: object | undefined
}

interface RunningOperation extends Operation {
  pollsLeft: number
  dueAt: number
  planned: Outcome
  onEnd: (outcome: Outcome) => void
}

/** Long-running operations. They end when they have been looked at often enough, or when their time has come. */
export class OperationStore {
  readonly #operations = new Map<string, RunningOperation>()
  readonly #clock: AzureClock

  constructor(clock: AzureClock) {
    this.#clock = clock
  }

  start(
    { polls, ms, outcome }: AzureDoubleSwitches['longRunning'],
    onEnd: (outcome: Outcome) => void,
    result?: object,
  ): Operation {
    const operation: RunningOperation = {
      id: randomUUID(),
      startedAt: this.#clock.now(),
      result,
      pollsLeft: polls,
      dueAt: Date.now() + ms,
      planned: outcome,
      onEnd,
    }
    this.#operations.set(operation.id, operation)
    return operation
  }

  /** Looks at the status once. */
  poll(id: string): Operation | undefined {
    const operation = this.#operations.get(id)
    if (operation !== undefined && operation.outcome === undefined) {
      if (operation.pollsLeft === 0) this.#end(operation)
      operation.pollsLeft -= 1
    }
    return operation
  }

  endOverdue(): void {
    for (const operation of this.#operations.values())
      if (operation.outcome === undefined && operation.dueAt <= Date.now()) this.#end(operation)
  }

  clear(): void {
    this.#operations.clear()
  }

  #end(operation: RunningOperation): void {
    operation.outcome = operation.planned
    operation.endedAt = this.#clock.now()
    operation.onEnd(operation.planned)
  }
}
