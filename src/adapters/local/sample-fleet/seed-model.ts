import type { GatewayDatabase } from '../../../state/database.ts'
import { createLocalStore, type LocalStore } from '../store/local-store.ts'
import type { NewLocalVersion } from '../writes/version-writes.ts'
import type { ModelPlan } from './fleet-plan.ts'
import { createSampleDigest, createSampleRun } from './sample-run.ts'

/** In the public format, which outlives any one gateway's database. */
const copiedFrom = 'modelgate.copied_from'
const day = 86_400_000

export interface FleetRegistries {
  readonly dev: string
  readonly staging: string
  readonly prod: string
}

/** One model in all registries, with everything dated as if it had happened then. */
export async function seedModel(
  database: GatewayDatabase,
  registries: FleetRegistries,
  plan: ModelPlan,
  now: number,
): Promise<void> {
  let at = now
  const open = (registry: string) => createLocalStore(database, registry, { now: () => at })
  const trainedAt = (number: number) => now - (plan.startedDaysAgo - (number - 1) * plan.everyDays) * day
  const [dev, staging, prod] = [open(registries.dev), open(registries.staging), open(registries.prod)]

  at = trainedAt(1)
  await createPlannedModel(dev, plan)
  for (let number = 1; number <= plan.versions; number++) {
    at = trainedAt(number)
    await createTrained(dev, plan, number, at)
  }
  for (const [index, number] of plan.staged.entries()) {
    at = trainedAt(number) + 2 * day
    if (index === 0) await createPlannedModel(staging, plan)
    await createCopy(
      staging,
      plan,
      number,
      `models://${registries.dev}/${plan.name}/${number}`,
      trainedAt(number),
    )
  }
  for (const [index, number] of plan.released.entries()) {
    at = trainedAt(number) + 4 * day
    if (index === 0) await createPlannedModel(prod, plan)
    const origin = `models://${registries.staging}/${plan.name}/${plan.staged.indexOf(number) + 1}`
    await createCopy(prod, plan, number, origin, trainedAt(number))
  }
  await markDev(dev, plan)
  await markStaging(staging, plan)
  await markProd(prod, plan)
}

async function createPlannedModel(store: LocalStore, { name, description, team, framework }: ModelPlan) {
  await store.models.create({
    name,
    description,
    tags: [
      { key: 'team', value: team },
      { key: 'framework', value: framework },
    ],
  })
}

async function createTrained(store: LocalStore, plan: ModelPlan, number: number, at: number): Promise<void> {
  const validation = plan.staged.includes(number) ? 'passed' : 'pending'
  await store.runs.log(createSampleRun(plan, number, at))
  await store.versions.create({
    ...ofTraining(plan, number, at),
    tags: [
      { key: 'framework', value: plan.framework },
      { key: 'validation_status', value: validation },
    ],
  })
}

/** From another registry, as the gateway makes it: the files stay where they are, and so does the run. */
async function createCopy(
  store: LocalStore,
  plan: ModelPlan,
  number: number,
  origin: string,
  trainedAt: number,
): Promise<void> {
  await store.versions.create({
    ...ofTraining(plan, number, trainedAt),
    runId: null,
    tags: [
      { key: 'framework', value: plan.framework },
      { key: 'validation_status', value: 'passed' },
      { key: copiedFrom, value: origin },
    ],
  })
}

function ofTraining(plan: ModelPlan, number: number, trainedAt: number): NewLocalVersion {
  const { runId } = createSampleRun(plan, number, trainedAt)
  return {
    model: plan.name,
    source: `s3://ml-artifacts/${plan.experiment}/${runId}/artifacts/model`,
    runId,
    digest: createSampleDigest(plan, number),
    sizeBytes: 4_000_000 + number * 750_000,
    createdBy: `${plan.team}@example.com`,
  }
}

async function markDev(store: LocalStore, { name, versions, staged }: ModelPlan): Promise<void> {
  await store.aliases.set({ model: name, alias: 'challenger' }, String(versions))
  const best = staged.at(-1)
  if (best !== undefined) await store.aliases.set({ model: name, alias: 'champion' }, String(best))
  for (let number = 1; number < (staged[0] ?? 1); number++) {
    await store.stages.transition({ model: name, version: String(number) }, { stage: 'Archived' })
  }
}

/** What is on trial, beside what is in prod now. */
async function markStaging(store: LocalStore, { name, staged, released }: ModelPlan): Promise<void> {
  if (staged.length === 0) return
  const newest = String(staged.length)
  await store.stages.transition({ model: name, version: newest }, { stage: 'Staging' })
  await store.aliases.set({ model: name, alias: 'challenger' }, newest)
  const live = staged.indexOf(released.at(-1) ?? 0) + 1
  if (live > 0) await store.aliases.set({ model: name, alias: 'champion' }, String(live))
}

async function markProd(store: LocalStore, { name, released }: ModelPlan): Promise<void> {
  for (const index of released.keys()) {
    const version = String(index + 1)
    const stage = index === released.length - 1 ? 'Production' : 'Archived'
    await store.stages.transition({ model: name, version }, { stage })
    if (stage === 'Production') await store.aliases.set({ model: name, alias: 'champion' }, version)
  }
}
