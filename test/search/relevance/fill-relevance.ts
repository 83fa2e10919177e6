import { createFleet } from '../../../bench/fleet/fleet.ts'
import { fleetConfig } from '../../../bench/fleet/fleet-config.ts'
import { openFleet } from '../../../bench/fleet/open-fleet.ts'
import type { ModelRecord, ModelVersionRecord, RunRecord } from '../../../src/contract/index.ts'
import { type WrittenModel, writtenModels } from './written-models.ts'

/** Of the fleet's: beside what is meant there is always much else. */
const others = 120
const registry = 'lab'
const at = new Date('2026-01-01T00:00:00Z')

/** Puts what was written down, and some models of the fleet, into an empty catalog. */
export async function fillRelevance(databaseUrl: string): Promise<void> {
  const { catalog, close } = await openFleet(fleetConfig(databaseUrl))
  try {
    const { store } = catalog
    const rows = [...writtenModels.map(toRows), ...fleetRows()]
    const { id } = await store.begin(registry, 'relevance')
    const right = { id, registry, syncer: 'relevance' }
    const { startedAt } = await store.startSweep(right, { feed: null, watermark: null })
    const look = await store.look(id)
    const runs = rows.flatMap(({ run }) => (run === null ? [] : [{ runId: run.runId, outcome: run }]))
    await store.takeModels(
      right,
      look,
      rows.map(({ model }) => model),
      null,
    )
    await store.takeVersions(
      right,
      look,
      rows.map(({ version }) => version),
      null,
    )
    await store.takeRuns(right, look, runs, null)
    while ((await store.takeWords(right)) !== null);
    await store.finishSweep(right, { startedAt, touch: look.touch })
  } finally {
    await close()
  }
}

interface Rows {
  readonly model: ModelRecord
  readonly version: ModelVersionRecord
  readonly run: RunRecord | null
}

/** Those of which no name has a word in common with what is searched for. */
function fleetRows(): Rows[] {
  const fleet = createFleet(100_000, 'whole')[3]
  if (!fleet) return []
  const taken = writtenModels.flatMap(({ name, description }) => wordsOf(`${name} ${description}`))
  const words = new Set(taken)
  const rows: Rows[] = []
  for (let model = 0; rows.length < others; model++) {
    const record = fleet.model(model)
    if (wordsOf(record.name).some((word) => words.has(word))) continue
    const aliases = record.aliases.map(({ name }) => ({ name, version: '1' }))
    rows.push({ model: { ...record, aliases }, version: fleet.version(model, 1), run: fleet.run(model, 1) })
  }
  return rows
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
}

function toRows({
  name,
  description,
  tags = {},
  version,
  aliases = [],
  run,
  params = {},
}: WrittenModel): Rows {
  const hasRun = run !== undefined || Object.keys(params).length > 0
  const runId = hasRun ? Buffer.from(name).toString('hex').padEnd(32, '0').slice(0, 32) : null
  const nothing = { artifactUri: null, digest: null, sizeBytes: null, createdBy: null, statusMessage: null }
  return {
    model: {
      name,
      description,
      tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      aliases: aliases.map((alias) => ({ name: alias, version: '1' })),
      createdAt: at,
      updatedAt: at,
      archived: false,
      latestVersions: null,
    },
    version: {
      ...nothing,
      modelName: name,
      version: '1',
      description: version ?? null,
      tags: [],
      aliases: null,
      stage: null,
      archived: false,
      status: 'READY',
      source: null,
      runId,
      createdAt: at,
      updatedAt: at,
    },
    run:
      runId === null
        ? null
        : {
            runId,
            name: run ?? null,
            status: 'FINISHED',
            startedAt: at,
            endedAt: at,
            metrics: [],
            params: Object.entries(params).map(([key, value]) => ({ key, value })),
            url: null,
          },
  }
}
