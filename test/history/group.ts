import type { Random } from '../environment/random.ts'
import type { Call, Original, Wish } from './call.ts'
import type { Target } from './target.ts'

/** What several clients work on at the same time: a model, or two of them, and what anybody knows of it. */
export class Group {
  readonly name: string
  readonly target: Target
  readonly originals: readonly Original[]
  /** Their files are not what is noted of them any more, which shows when all have been copied. */
  readonly spoilt: readonly Original[]
  #highest = 0
  #holder: string | null = null
  #markers = 0

  constructor(name: string, target: Target, originals: readonly Original[], spoilt: readonly Original[]) {
    this.name = name
    this.target = target
    this.originals = originals
    this.spoilt = spoilt
  }

  get names(): readonly [string, string] {
    return [this.name, `${this.name}-b`]
  }

  get marker(): string {
    return `${this.name} ${this.#markers++}`
  }

  learn({ outcome }: Call): void {
    if (outcome.kind === 'refused' && outcome.current !== undefined) this.#holder = outcome.current
    if (outcome.kind !== 'done') return
    const { version, previous, model } = outcome.answer
    if (previous !== undefined) this.#holder = previous
    for (const each of [version, ...Object.keys(model?.versions ?? {})])
      this.#highest = Math.max(this.#highest, Number(each ?? 0))
    if (model) this.#holder = model.aliases.champion ?? null
  }

  /** One that is likely to be there. */
  anyVersion(random: Random): string {
    return String(1 + Math.floor(random.next() * (this.#highest + 0.1)))
  }

  /** What is likely to be the holder of an alias, and is not always. */
  likelyHolder(random: Random): string {
    return this.#holder !== null && random.chance(0.7) ? this.#holder : this.anyVersion(random)
  }
}

export const aliases = ['champion', 'challenger']
export const stages = ['Production', 'Staging', 'None']

/** What clients of a group do; `first` comes before them. */
export interface Occupation {
  /** So many groups of their own at the same time. */
  readonly groups: number
  readonly clients: number
  readonly calls: number
  first(group: Group): readonly Wish[]
  next(group: Group, random: Random): Wish
}

export function versionWish({ name: first, target, marker }: Group, isRefused = false, name = first) {
  const source = isRefused ? target.refusedSource : target.source
  return { kind: 'createVersion', name, createModel: true, source, isRefused, marker } as const
}

export function copyWish(group: Group, random: Random, isRefused: boolean, name = group.name): Wish {
  const original = random.pick(isRefused ? group.spoilt : group.originals)
  return { kind: 'copyVersion', name, original, isRefused, marker: group.marker }
}
