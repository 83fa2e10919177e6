import type { AssetPath } from '../wire/place.ts'
import type { Asset } from './asset.ts'
import { isNewer } from './asset.ts'

interface RecentWrite {
  readonly asset: Asset
  readonly isDeleted: boolean
  readonly until: number
}

/** Microsoft's own tests wait 30 seconds for a list to show what was written. */
export const lagMs = 60_000

/** Of the newest; what is older is in the lists by then as a rule. */
const most = 1000

/**
 * What this process has written a moment ago and lists may not show yet. A look-up by name always does, so what a
 * list lacks is looked up, and only newer rows are put in the place of older ones.
 */
export class RecentWrites {
  readonly #collections = new Map<string, Map<string, RecentWrite>>()

  note({ collection, name }: AssetPath, asset: Asset, isDeleted = false): void {
    this.#forgetOld()
    const writes = this.#collections.get(collection) ?? new Map<string, RecentWrite>()
    writes.set(name, { asset, isDeleted, until: Date.now() + lagMs })
    this.#collections.set(collection, writes)
  }

  /** The rows of a list as they are by now. */
  async over(
    collection: string,
    rows: readonly Asset[],
    load: (name: string) => Promise<Asset | null>,
  ): Promise<Asset[]> {
    this.#forgetOld()
    const byName = new Map(rows.map((row) => [row.name, row]))
    for (const [name, { asset, isDeleted }] of this.#collections.get(collection) ?? []) {
      const row = byName.get(name)
      if (isDeleted) {
        if (row !== undefined && !isNewer(row, asset)) byName.delete(name)
      } else if (row === undefined) {
        const found = await load(name)
        if (found !== null) byName.set(name, found)
      } else if (isNewer(asset, row)) byName.set(name, asset)
    }
    return [...byName.values()]
  }

  #forgetOld(): void {
    const now = Date.now()
    const untils = [...this.#collections.values()].flatMap((writes) => [...writes.values()])
    const oldest = untils.map(({ until }) => until).toSorted((a, b) => a - b)
    const tooOld = Math.max(now, oldest.at(-most) ?? 0)
    for (const [collection, writes] of this.#collections) {
      for (const [name, { until }] of writes) if (until <= tooOld) writes.delete(name)
      if (writes.size === 0) this.#collections.delete(collection)
    }
  }
}
