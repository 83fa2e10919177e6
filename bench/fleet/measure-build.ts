import type { Figure } from './figure.ts'
import type { Measured } from './measured.ts'

/** How fast a catalog is filled, and how large it gets: a fleet, and rows of a name, a description, tags and an alias. */
export async function* measureBuild({ stores, models }: Measured): AsyncGenerator<Figure> {
  for (const { database, keep } of stores) {
    for (const shape of ['plain', 'whole'] as const) {
      const { built } = await keep({ models, shape })
      const { rows, seconds } = built
      const what =
        shape === 'plain' ? 'versions of five tags' : 'versions of ten tags, with runs of ten metrics'
      const isMeant = shape === 'plain' && database === 'SQLite'
      const taken = seconds.models + seconds.versions + seconds.runs + seconds.words
      const row = { database, what: `${what}, taken in` }
      yield {
        ...row,
        figure: rows.versions / taken,
        unit: 'versions/s',
        ...(isMeant && { bar: { atLeast: 15_000 } }),
      }
      yield {
        ...row,
        what: `${what}, size of the database`,
        figure: built.bytes / rows.versions,
        unit: 'bytes a version',
        ...(isMeant && { bar: { atMost: 700 } }),
      }
      yield {
        ...row,
        what: `${what}, CPU time`,
        figure: (built.cpuSeconds * 1e6) / rows.versions,
        unit: 'µs a version',
      }
      yield { ...row, what: `${what}, memory at most`, figure: built.residentMb, unit: 'MB' }
    }
  }
}
