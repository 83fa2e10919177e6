/** A part of a call that takes effect at one moment, somewhere between its begin and its end. */
export interface Step<State> {
  /** Of the steps of one call, one of a higher order never comes before one of a lower. */
  readonly call: string
  readonly order: number
  readonly begin: number
  /** Infinity: it may still be to come. */
  readonly end: number
  /** Whether it has happened. If not it may have. */
  readonly isCertain: boolean
  /** Whether it leaves the state as it is. */
  readonly isRead: boolean
  /** Null: it cannot come in this state. */
  apply(state: State): State | null
}

export type Verdict = 'linearisable' | 'impossible' | 'undecided'

/**
 * Whether there is an order of all that has happened, and of some of what may have, in which each step makes sense and
 * none that had ended comes after one that began later. As Wing and Gong search, with Lowe's memory of what was seen.
 */
export function linearise<State>(
  initial: State,
  steps: readonly Step<State>[],
  mostConfigurations = 400_000,
): Verdict {
  return new Search(steps, mostConfigurations).run(initial)
}

interface Place<State> {
  /** A bit for each step that has its place, or cannot get one any more. */
  readonly done: bigint
  /** The latest begin of those that have a place. */
  readonly latestBegin: number
  readonly state: State
}

/** Who can come next, by number. */
interface Candidates {
  readonly isComplete: boolean
  readonly earliestEnd: number
  readonly certain: readonly number[]
  readonly optional: readonly number[]
}

class Search<State> {
  readonly #steps: readonly Step<State>[]
  /** For each step: those of the same call that have to be there before, and those that must not. */
  readonly #needed: readonly bigint[]
  readonly #later: readonly bigint[]
  readonly #seen = new Set<string>()
  readonly #mostConfigurations: number

  constructor(steps: readonly Step<State>[], mostConfigurations: number) {
    this.#steps = steps.toSorted((a, b) => a.begin - b.begin)
    this.#mostConfigurations = mostConfigurations
    const bitsOf = (isMeant: (other: Step<State>) => boolean) =>
      this.#steps.reduce((bits, other, index) => (isMeant(other) ? bits | (1n << BigInt(index)) : bits), 0n)
    this.#needed = this.#steps.map(({ call, order }) =>
      bitsOf((other) => other.call === call && other.isCertain && other.order < order),
    )
    this.#later = this.#steps.map(({ call, order }) =>
      bitsOf((other) => other.call === call && other.order > order),
    )
  }

  run(initial: State): Verdict {
    if (this.#isPossible({ done: 0n, latestBegin: -Infinity, state: initial })) return 'linearisable'
    return this.#seen.size >= this.#mostConfigurations ? 'undecided' : 'impossible'
  }

  #isPossible(from: Place<State>): boolean {
    const place = this.#takeReads(from)
    const { certain, optional, isComplete } = this.#candidates(place)
    if (isComplete) return true
    const seen = `${place.done.toString(36)} ${JSON.stringify(place.state)}`
    if (this.#seen.has(seen) || this.#seen.size >= this.#mostConfigurations) return false
    this.#seen.add(seen)
    for (const index of [...certain, ...optional]) {
      const next = this.#take(place, index)
      if (next !== null && this.#isPossible(next)) return true
    }
    return false
  }

  /** What is read now and fits needs no other place: the state stays, and nobody has to wait any longer. */
  #takeReads(from: Place<State>): Place<State> {
    let place = this.#withoutLate(from)
    for (;;) {
      const { certain, earliestEnd } = this.#candidates(place)
      let next: Place<State> | null = null
      for (const index of certain) {
        const { isRead, begin } = this.#at(index)
        if (isRead && begin <= earliestEnd) next ??= this.#take(place, index)
      }
      if (next === null) return place
      place = this.#withoutLate(next)
    }
  }

  /** `earliestEnd`: of all that are open, as what ends before a read begins is not to come after it. */
  #candidates({ done }: Place<State>): Candidates {
    let [earliestCertain, earliestEnd, isComplete] = [Infinity, Infinity, true]
    const open: number[] = []
    for (let index = 0; index < this.#steps.length; index++) {
      if (has(done, index)) continue
      open.push(index)
      const { end, isCertain } = this.#at(index)
      earliestEnd = Math.min(earliestEnd, end)
      if (!isCertain) continue
      earliestCertain = Math.min(earliestCertain, end)
      isComplete = false
    }
    const [certain, optional]: [number[], number[]] = [[], []]
    for (const index of open) {
      const { begin, isCertain } = this.#at(index)
      if (begin > earliestCertain) break
      if (((this.#needed[index] ?? 0n) & ~done) === 0n) (isCertain ? certain : optional).push(index)
    }
    return { isComplete, earliestEnd, certain, optional }
  }

  #take({ done, latestBegin, state }: Place<State>, index: number): Place<State> | null {
    const step = this.#at(index)
    const next = step.apply(state)
    if (next === null) return null
    return {
      done: done | (1n << BigInt(index)),
      latestBegin: Math.max(latestBegin, step.begin),
      state: next,
    }
  }

  /** What may have happened has not when its time is over, or a later part of its call has come. */
  #withoutLate(place: Place<State>): Place<State> {
    let { done } = place
    for (const [index, { isCertain, end }] of this.#steps.entries()) {
      const isLate = end < place.latestBegin || ((this.#later[index] ?? 0n) & place.done) !== 0n
      if (!isCertain && isLate) done |= 1n << BigInt(index)
    }
    return { ...place, done }
  }

  #at(index: number): Step<State> {
    const step = this.#steps[index]
    if (step === undefined) throw new Error(`There is no step ${index}.`)
    return step
  }
}

function has(bits: bigint, index: number): boolean {
  return (bits & (1n << BigInt(index))) !== 0n
}
