import type { RunReads } from '../../../contract/index.ts'
import type { AzureRegistry } from '../registry.ts'
import { jobPath, toPath } from '../wire/place.ts'
import { readText } from '../wire/wire.ts'
import { orNull } from './assets.ts'
import { loadEach } from './load-each.ts'
import { toRunRecord } from './to-run-record.ts'

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
