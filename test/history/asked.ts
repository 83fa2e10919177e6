import type { Call } from './call.ts'

/** A wish with all calls that were made for it: under one key it is one wish, and comes true once. */
export interface Asked {
  readonly id: string
  /** One that tells most of how it went. */
  readonly call: Call
  readonly calls: readonly Call[]
  readonly begin: number
  /** Infinity as long as nobody knows. */
  readonly end: number
  /** Of those that were done; the others are as good as these. */
  readonly done: readonly Call[]
  /** Whether it was asked again without knowing what had come of it. */
  readonly isRepeated: boolean
}

/** What was refused stands alone: its key was free again. */
export function joinByKey(calls: readonly Call[]): Asked[] {
  const groups = Map.groupBy(calls, ({ id, wish, key, era, outcome }) =>
    key === null || outcome.kind === 'refused' ? id : JSON.stringify([key, era, wish]),
  )
  return [...groups.values()].map((group) => {
    const done = group.filter(({ outcome }) => outcome.kind === 'done')
    const [call] = [...done, ...group]
    if (call === undefined) throw new Error('A group is never empty.')
    const isRefused = call.outcome.kind === 'refused'
    return {
      id: call.id,
      call,
      calls: group,
      begin: Math.min(...group.map(({ begin }) => begin)),
      end: Math.min(...(isRefused ? group : done).map(({ end }) => end)),
      done,
      isRepeated: group.length > done.length,
    }
  })
}
