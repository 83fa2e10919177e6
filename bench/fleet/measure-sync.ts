import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuMs, residentMb } from '../harness/process-usage.ts'
import type { Figure } from './figure.ts'
import { fleetRegistries } from './fleet.ts'
import { mlflowFleetConfig } from './fleet-config.ts'
import type { Measured } from './measured.ts'
import { startMlflow } from './start-mlflow.ts'
import { syncFleet } from './sync-fleet.ts'

/** A first full sync of one registry from MLflow, and a look for changes where nothing has changed. */
export async function* measureSync({ stores, models }: Measured): AsyncGenerator<Figure> {
  const mlflow = await startMlflow(models, 1)
  const folder = mkdtempSync(join(tmpdir(), 'modelgate-sync-'))
  try {
    for (const { database, create } of stores) {
      const url = await create(join(folder, 'sync.db'))
      const fleet = await syncFleet(mlflowFleetConfig(url, mlflow.url, fleetRegistries.slice(0, 1)))
      try {
        const [before, cpuBefore, startedAt] = [await mlflow.count(), cpuMs(process.pid), performance.now()]
        const [first] = await fleet.sync()
        const seconds = (performance.now() - startedAt) / 1000
        const cpuSeconds = (cpuMs(process.pid) - cpuBefore) / 1000
        if (first?.outcome.kind !== 'swept') throw new Error(`The sync failed: ${JSON.stringify(first)}`)
        const sent = (await mlflow.count()) - before
        const [counts] = await fleet.counts()
        const versions = counts?.versions ?? 0
        const what = `first full sync of ${versions} versions with their runs`
        yield { what, database, figure: versions / seconds, unit: 'versions/s' }
        yield {
          what: `${what}, CPU time`,
          database,
          figure: (cpuSeconds * 1e6) / versions,
          unit: 'µs a version',
        }
        yield {
          what: `${what}, requests`,
          database,
          figure: (sent * 1000) / versions,
          unit: 'per 1000 versions',
        }
        yield { what: `${what}, memory after it`, database, figure: residentMb(process.pid), unit: 'MB' }
        const [again] = await fleet.sync()
        const perThousand = (again?.outcome.requests ?? Number.NaN) / Math.ceil((counts?.models ?? 0) / 1000)
        yield {
          what: 'look for changes where there are none, requests',
          database,
          figure: perThousand,
          unit: 'per 1000 models',
          bar: { atMost: 2 },
        }
      } finally {
        await fleet.close()
      }
    }
  } finally {
    mlflow.stop()
    rmSync(folder, { recursive: true })
  }
}
