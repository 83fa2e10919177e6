import type { VersionKey } from '../../contract/index.ts'
import { versionName } from '../expectations/read-pages.ts'
import type { WriteBench } from './write-bench.ts'

const rows = 12
const rounds = 4
/** More than come in front of those that stay, so that these move up. */
const goneInRound = 2

/** Rows that are listed page by page while others among them come, change and go. */
export interface Shelf {
  /** What the names of its models begin with. */
  readonly prefix: string
  /** The rows that nobody touches. */
  readonly untouched: readonly string[]
  /** What others do between two pages; after some rounds they are through. */
  disturb(): Promise<void>
}

function numbered<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

/** New names sort before, between and after those that stay. */
export async function stockModels(bench: WriteBench): Promise<Shelf> {
  const { models } = bench.writes
  const name = (part: string) => bench.name(`-${part}`)
  const create = (part: string) => bench.createModel({ name: name(part) })
  const early = await Promise.all(numbered(rounds * goneInRound, (index) => create(`a${index}`)))
  const untouched = await Promise.all(numbered(rows, (index) => create(`m${index + 10}`)))
  let round = 0
  return {
    prefix: name(''),
    untouched,
    async disturb() {
      const gone = early.splice(0, goneInRound)
      if (gone.length === 0) return
      round++
      for (const one of gone) await models.delete?.(one, bench.call())
      for (const one of early.slice(0, 1)) await models.describe?.(one, `Round ${round}.`, bench.call())
      for (const part of ['b', 'm15-', 'z']) await create(part + round)
    },
  }
}

/** Of four models, of which the two in the middle hold those that stay. */
export async function stockVersions(bench: WriteBench): Promise<Shelf> {
  const { versions } = bench.writes
  const name = (part: string) => bench.name(`-${part}`)
  for (const part of ['a', 'b', 'c', 'd']) await bench.createModel({ name: name(part) })
  const early: VersionKey[] = []
  while (early.length < rounds * goneInRound) early.push(await bench.createVersion(name('a')))
  const untouched: string[] = []
  while (untouched.length < rows) {
    const { model, version } = await bench.createVersion(name(untouched.length % 2 === 0 ? 'b' : 'c'))
    untouched.push(versionName({ modelName: model, version }))
  }
  let round = 0
  return {
    prefix: name(''),
    untouched,
    async disturb() {
      const gone = early.splice(0, goneInRound)
      if (gone.length === 0) return
      round++
      for (const one of gone) await versions.delete?.(one, bench.call())
      for (const one of early.slice(0, 1)) await versions.describe?.(one, `Round ${round}.`, bench.call())
      for (const part of ['a', 'c', 'd']) await bench.createVersion(name(part))
    },
  }
}
