import { randomInt, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rounds } from '../environment/rounds.ts'
import { Fleet } from './fleet.ts'
import { createOriginals, type Originals } from './originals.ts'
import { playRound, type Round } from './play-round.ts'
import type { SharedDatabase, Target } from './target.ts'

export interface HistorySetting {
  /** All that clients do when left out. */
  readonly only?: Round['only'] | undefined
  /** Those of an odd seed, every second one, are played with kills and other disturbances. */
  readonly rounds: number
  openDatabase(folder: string): SharedDatabase
  openTarget(folder: string): Target
}

const minutes = 60_000

/** Set it to play the rounds of one run again; whoever comes first in a race may be another all the same. */
const firstSeed = Number(process.env.MODELGATE_HISTORY_SEED ?? 2 * randomInt(2 ** 30))

/** Random clients of two gateways: whatever they were answered has to be explained by one order of all their calls. */
export function describeHistory(name: string, setting: HistorySetting): void {
  describe(`two gateways over ${name}`, () => {
    let fleet: Fleet
    let target: Target
    let originals: Originals
    let isFine = false

    beforeAll(
      async () => {
        fleet = new Fleet((folder) => setting.openDatabase(folder))
        target = setting.openTarget(fleet.folder)
        await fleet.start(target, ['A', 'B'])
        originals = target.readFiles ? await createOriginals(fleet, 3) : { whole: [], spoilt: [] }
      },
      rounds(minutes, 5 * minutes),
    )
    afterAll(async () => {
      await fleet?.close()
      // Else the log of the gateways may tell more.
      if (isFine) rmSync(fleet.folder, { recursive: true })
    }, minutes)

    it(
      `answer as one registry would, in ${setting.rounds} rounds`,
      async () => {
        for (let index = 0; index < setting.rounds; index++) {
          const seed = firstSeed + index
          const disturbed = seed % 2 === 0 ? 'no' : rounds('briefly', 'long')
          const name = `h-${randomUUID().slice(0, 8)}`
          const round = { seed, name, disturbed, ...(setting.only && { only: setting.only }) } as const
          const wrong = await playRound(fleet, target, originals, round)
          const about = `MODELGATE_HISTORY_SEED=${seed}, disturbed: ${disturbed}; ${fleet.logFile}`
          expect(wrong.join('\n\n'), about).toBe('')
        }
        isFine = true
      },
      rounds(2 * minutes, 40 * minutes),
    )
  })
}
