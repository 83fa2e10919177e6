import type { Probe } from '../../../contract/index.ts'
import type { AzureRegistry } from '../registry.ts'
import { OwnModel } from './own-model.ts'
import { readProbes } from './read-probes.ts'
import { tagProbes } from './tag-probes.ts'
import { versionProbes } from './version-probes.ts'

/** What the adapter takes for true of Azure without a source for it: the table at the end of its documentation. */
export function azureProbes(registry: AzureRegistry): readonly Probe[] {
  const own = new OwnModel(registry)
  return [
    ...readProbes(registry),
    ...tagProbes(own),
    ...versionProbes(registry, own),
    { title: 'delete what the probes have made', writes: true, run: (call) => own.remove(call) },
  ]
}
