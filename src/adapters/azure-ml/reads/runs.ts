import type { ParamRecord, RunReads, RunRecord } from '../../../contract/index.ts'
import { isJsonObject } from '../../http/parse-json.ts'
import type { AzureRegistry } from '../registry.ts'
import { jobPath, toPath } from '../wire/place.ts'
import { readObject, readShownText, readText, readTime, type Wire } from '../wire/wire.ts'
import { orNull } from './assets.ts'
import { loadEach } from './load-each.ts'

/** Jobs. What they have measured is kept elsewhere, where Resource Manager does not lead. */
export function runReads({ client, place, connections }: AzureRegistry): RunReads {
  return {
    get: (runIds, call) =>
      loadEach(runIds, {
        identify: (runId) => runId,
        possible: (runId) => /^[A-Za-z0-9][\w.-]{0,254}$/.test(runId),
        limit: connections,
        load: async (runId) => {
          const wire = await orNull(client.get(toPath(jobPath(place, runId)), call))
          return wire !== null && readText(wire, 'name') === runId ? toRunRecord(wire) : null
        },
      }),
  }
}

function toRunRecord(wire: Wire): RunRecord {
  const properties = readObject(wire, 'properties')
  const studio = readObject(readObject(properties, 'services'), 'Studio')
  return {
    runId: readText(wire, 'name'),
    name: readShownText(properties, 'displayName'),
    status: readShownText(properties, 'status'),
    // When it began to run is not said.
    startedAt: readTime(readObject(wire, 'systemData'), 'createdAt'),
    endedAt: null,
    metrics: [],
    params: toParams(readObject(properties, 'inputs')),
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
