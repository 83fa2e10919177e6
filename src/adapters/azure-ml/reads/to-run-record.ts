import type { ParamRecord, RunRecord } from '../../../contract/index.ts'
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
  }
}

/** The inputs that are values, and not data. */
function toParams(inputs: Wire): ParamRecord[] {
  return Object.entries(inputs).flatMap(([key, input]) =>
    isJsonObject(input) && input.jobInputType === 'literal' && typeof input.value === 'string'
      ? [{ key, value: input.value }]
      : [],
  )
}
