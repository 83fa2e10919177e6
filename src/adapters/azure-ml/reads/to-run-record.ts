import type { ParamRecord, RunDatasetRecord, RunRecord } from '../../../contract/index.ts'
import { isJsonObject } from '../../http/parse-json.ts'
import { readShownObject, readShownText, readText, readTime, type Wire } from '../wire/wire.ts'

export function toRunRecord(wire: Wire): RunRecord {
  const properties = readShownObject(wire, 'properties')
  const studio = readShownObject(readShownObject(properties, 'services'), 'Studio')
  return {
    runId: readText(wire, 'name'),
    name: readShownText(properties, 'displayName'),
    status: readShownText(properties, 'status'),
    // When it began to run is not said.
    startedAt: readTime(readShownObject(wire, 'systemData'), 'createdAt'),
    endedAt: null,
    metrics: [],
    params: toParams(readShownObject(properties, 'inputs')),
    url: readShownText(studio, 'endpoint'),
    tags: Object.entries(readShownObject(properties, 'tags')).flatMap(([key, value]) =>
      typeof value === 'string' ? [{ key, value }] : [],
    ),
    sourceCommit: readShownText(readShownObject(properties, 'properties'), 'azureml.git.commit'),
    datasets: toDatasets(readShownObject(properties, 'inputs')),
  }
}

function toDatasets(inputs: Wire): RunDatasetRecord[] {
  return Object.entries(inputs).flatMap(([name, input]) =>
    isJsonObject(input) && typeof input.uri === 'string' ? [{ name, digest: null, source: input.uri }] : [],
  )
}

/** The inputs that are values, and not data. */
function toParams(inputs: Wire): ParamRecord[] {
  return Object.entries(inputs).flatMap(([key, input]) =>
    isJsonObject(input) && input.jobInputType === 'literal' && typeof input.value === 'string'
      ? [{ key, value: input.value }]
      : [],
  )
}
