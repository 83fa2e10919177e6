import type { MetricRecord, RunDatasetRecord, RunRecord } from '../../../contract/index.ts'
import { isJsonObject } from '../../http/parse-json.ts'
import { originalRunTag, originTag, transferTag } from '../transfer-tags.ts'
import {
  readObject,
  readOptionalText,
  readShownList,
  readShownPairs,
  readText,
  readTime,
  type Wire,
} from '../wire/wire.ts'

export function toRunRecord(wire: Wire, webUrl: string): RunRecord {
  const info = readObject(wire, 'info')
  const data = isJsonObject(wire.data) ? wire.data : {}
  const runId = readText(info, 'run_id')
  const experimentId = readOptionalText(info, 'experiment_id')
  const metrics = readShownList(data, 'metrics').flatMap(toMetricRecord)
  const params = readShownPairs(data, 'params')
  const tags = readShownPairs(data, 'tags')
  return {
    runId,
    name: readOptionalText(info, 'run_name') ?? findTag(data, 'mlflow.runName'),
    status: readOptionalText(info, 'status'),
    startedAt: readTime(info, 'start_time'),
    endedAt: readTime(info, 'end_time'),
    metrics,
    params,
    url:
      experimentId === null
        ? null
        : `${webUrl}/#/experiments/${encodeURIComponent(experimentId)}/runs/${encodeURIComponent(runId)}`,
    tags: tags.filter(({ key }) => !ownTags.has(key)),
    sourceCommit: tags.find(({ key }) => key === 'mlflow.source.git.commit')?.value || null,
    datasets: toDatasets(wire),
    ...(metrics.length === 0 && params.length === 0 && isOfBareTransfer(data) && { filesOnly: true }),
  }
}

const ownTags: ReadonlySet<string> = new Set([transferTag, originTag, originalRunTag])

/** Servers before 2.4 know none. */
function toDatasets({ inputs }: Wire): RunDatasetRecord[] {
  const given = isJsonObject(inputs) ? readShownList(inputs, 'dataset_inputs') : []
  return given.flatMap(({ dataset }) => {
    if (!isJsonObject(dataset) || typeof dataset.name !== 'string' || dataset.name === '') return []
    return [
      {
        name: dataset.name,
        digest: readOptionalText(dataset, 'digest'),
        source: readOptionalText(dataset, 'source'),
      },
    ]
  })
}

/** Earlier releases carried nothing but files into the run of a transfer. */
function isOfBareTransfer(data: Wire): boolean {
  const keys = new Set(readShownPairs(data, 'tags').map(({ key }) => key))
  return keys.has(transferTag) && !keys.has(originalRunTag)
}

/** Before 2.0 a run's name was a tag only. */
function findTag(data: Wire, key: string): string | null {
  return readShownPairs(data, 'tags').find((tag) => tag.key === key)?.value || null
}

/** What is no measurement is none. */
function toMetricRecord({ key, value, step }: Wire): MetricRecord[] {
  const number = readMetricValue(value)
  return typeof key === 'string' && number !== null ? [{ key, value: number, step: readStep(step) }] : []
}

/** NaN travels as a text. Infinities are stored as the largest numbers there are. */
function readMetricValue(value: unknown): number | null {
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  if (typeof value !== 'number') return null
  return Math.abs(value) === Number.MAX_VALUE ? Math.sign(value) * Number.POSITIVE_INFINITY : value
}

function readStep(step: unknown): number | null {
  const number = typeof step === 'number' || typeof step === 'string' ? Number(step) : Number.NaN
  return Number.isSafeInteger(number) ? number : null
}
