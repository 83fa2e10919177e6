import type { Probe } from '../../contract/index.ts'
import { OwnModel } from './probes/own-model.ts'
import { readProbes } from './probes/read-probes.ts'
import { tagProbes } from './probes/tag-probes.ts'
import { versionProbes } from './probes/version-probes.ts'
import type { AzureRegistry } from './registry.ts'

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
