import { randomUUID } from 'node:crypto'
import type { GatewayDatabase } from '../../../state/database.ts'
import { getOrCreateSetting } from '../../../state/settings/setting.ts'
import { fleetPlan } from './fleet-plan.ts'
import { type FleetRegistries, seedModel } from './seed-model.ts'
import { seedRegionalCopy } from './seed-regional-copy.ts'

export interface SampleFleetOptions {
  readonly registries?: FleetRegistries
  /** Epoch milliseconds: the whole history is laid before it. */
  readonly now?: number
}

const setting = 'sample-fleet'
const defaultRegistries: FleetRegistries = { dev: 'dev', staging: 'staging', prod: 'prod' }

/**
 * Fills the registries on the first start of a database, and never again: not after somebody emptied them. Answers
 * whether it did. All of it is there or nothing, also when several replicas start at once.
 */
export function seedSampleFleet(
  database: GatewayDatabase,
  { registries = defaultRegistries, now = Date.now() }: SampleFleetOptions = {},
): Promise<boolean> {
  return database.queries.transaction().execute(async (queries) => {
    const within = { ...database, queries }
    if (!(await decide(within, 'seeded'))) return false
    for (const plan of fleetPlan) await seedModel(within, registries, plan, now)
    await seedRegionalCopy(within, registries.prod, now)
    return true
  })
}

/** For a start that wants the registries empty: later ones leave them so. */
export async function declineSampleFleet(database: GatewayDatabase): Promise<void> {
  await decide(database, 'declined')
}

/** Whether this is the one that decided. */
async function decide(database: Pick<GatewayDatabase, 'queries'>, decision: string): Promise<boolean> {
  const own = `${decision} ${randomUUID()}`
  return (await getOrCreateSetting(database, setting, () => own)) === own
}
