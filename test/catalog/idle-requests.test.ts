import { expect, test } from 'vitest'
import { createFleet } from '../../bench/fleet/fleet.ts'
import { mlflowFleetConfig } from '../../bench/fleet/fleet-config.ts'
import { FleetMlflow } from '../../bench/fleet/fleet-mlflow.ts'
import { syncFleet } from '../../bench/fleet/sync-fleet.ts'

test('a look for changes of 1000 models where nothing has changed takes two requests', async () => {
  const registries = createFleet(10_000, 'whole').slice(0, 1)
  const mlflow = await FleetMlflow.start(registries)
  const fleet = await syncFleet({
    ...mlflowFleetConfig('sqlite::memory:', mlflow.url, registries),
    catalog: { runs: false, sweepEvery: '365d' },
  })
  try {
    const first = await fleet.sync()
    expect(first).toMatchObject([{ outcome: { kind: 'swept', problem: null } }])
    expect(await fleet.counts()).toEqual([{ models: 1000, versions: 10_000 }])
    const before = mlflow.requests
    const second = await fleet.sync()
    expect(second).toMatchObject([{ outcome: { kind: 'checked', problem: null, requests: 2 } }])
    expect(mlflow.requests - before).toBe(2)
  } finally {
    await fleet.close()
    await mlflow.close()
  }
}, 120_000)
