import { type Call, type NewVersion, RegistryError } from '../../../contract/index.ts'
import { jobOf, parseRunUri, parseVersionUri, toJobUri } from '../reads/model-uri.ts'
import type { AzureRegistry } from '../registry.ts'
import { isPossibleVersion, versionPath } from '../wire/place.ts'
import { readOptionalText, type Wire } from '../wire/wire.ts'
import { noSuchVersion } from './write-words.ts'

/** Places that Azure ML reads. */
const readable = /^(azureml|https|wasbs?|abfss?):\/\/[^/]/i

/** What of a version comes from its source: where its files are, and what they are. */
export async function resolveSource(registry: AzureRegistry, version: NewVersion, call: Call): Promise<Wire> {
  const { source, runId } = version
  if (/^models:/i.test(source)) return copyOf(registry, version, call)
  if (/^runs:/i.test(source)) return outputOf(registry, version)
  if (!readable.test(source)) {
    throw refused(
      'Azure ML takes files from azureml://, https://, wasbs:// and abfss:// places, and this is none: move the files there first.',
    )
  }
  if (registry.place.kind === 'registries' && jobOf(source) !== null) throw refused(jobsElsewhere)
  return { modelUri: source, modelType: plainType, ...withJob(registry, runId) }
}

const plainType = 'custom_model'
const jobsElsewhere =
  "What jobs have left is in their workspace, where an organisation's registry does not reach: make a version of it there whose files are in a datastore, and copy that."

/** All that says what the files are comes along; what is said about them is the copy's own. */
async function copyOf(
  { assets, place }: AzureRegistry,
  { source, runId }: NewVersion,
  call: Call,
): Promise<Wire> {
  const key = parseVersionUri(source)
  if (key === null) throw refused('A models: source must be models:/NAME/VERSION.')
  const original = isPossibleVersion(key) ? await assets.get(versionPath(place, key), call) : null
  if (original === null) throw noSuchVersion(key)
  const { modelUri, modelType, flavors } = original.properties
  const jobName = runId ?? readOptionalText(original.properties, 'jobName')
  return { modelUri, modelType, flavors, ...(jobName === null ? {} : { jobName }) }
}

function outputOf(registry: AzureRegistry, { source, runId }: NewVersion): Wire {
  const run = parseRunUri(source)
  if (run === null) throw refused('A runs: source must be runs:/RUN/PATH.')
  if (registry.place.kind === 'registries') throw refused(jobsElsewhere)
  if (runId !== null && runId !== run.job) {
    throw refused(`The source is of the run ${JSON.stringify(run.job)}, not of ${JSON.stringify(runId)}.`)
  }
  return { modelUri: toJobUri(run.job, run.path), modelType: plainType, jobName: run.job }
}

function withJob({ place }: AzureRegistry, runId: string | null): Wire {
  if (runId === null) return {}
  if (place.kind === 'workspaces') return { jobName: runId }
  throw refused('A registry of the organisation has no jobs: leave the run out.')
}

function refused(words: string): RegistryError {
  return new RegistryError('BAD_USER_INPUT', words)
}
