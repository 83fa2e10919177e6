import {
  assertStage,
  beforeFirstWrite,
  type Call,
  compareVersions,
  RegistryError,
  type StageTransition,
  type StageWrites,
  type VersionFilter,
  type VersionKey,
  type VersionPage,
  type VersionReads,
} from '../../../contract/index.ts'
import { requireVersion } from '../reads/require-readable.ts'
import { versionReads } from '../reads/versions.ts'
import type { MlflowRegistry } from '../registry.ts'
import { inWords, noSuchVersion } from './write-words.ts'

/** The others of any other stage MLflow does not move. */
const emptiedStages: readonly string[] = ['Staging', 'Production']

/** `archiveByDefault`: whether the others of the stage are archived when a transition does not say. */
export function stageWrites(server: MlflowRegistry, archiveByDefault: boolean): StageWrites {
  const versions = versionReads(server)
  return {
    transition: async (key, transition, call) => {
      const archiving = isArchiving(transition, archiveByDefault)
      const { version } = await requireVersion(server, key, call)
      if (transition.expected !== undefined) assertStage(key, version.stage, transition.expected)
      const archived = archiving
        ? await beforeFirstWrite(othersInStage(versions, key, transition.stage, call))
        : []
      const json = {
        name: key.model,
        version: key.version,
        stage: transition.stage,
        archive_existing_versions: archiving,
      }
      await inWords(server.client.write('POST', 'model-versions/transition-stage', json, call), {
        missing: noSuchVersion(key),
      })
      return { archived, ...(version.stage !== null && { previous: version.stage }) }
    },
  }
}

function isArchiving({ stage, archiveExisting }: StageTransition, byDefault: boolean): boolean {
  if (emptiedStages.includes(stage)) return archiveExisting ?? byDefault
  if (archiveExisting === true && stage === 'None') {
    throw new RegistryError(
      'BAD_USER_INPUT',
      'MLflow archives the other versions of the stages Staging and Production only.',
    )
  }
  return false
}

async function othersInStage(
  versions: VersionReads,
  key: VersionKey,
  stage: string,
  call: Call,
): Promise<string[]> {
  const others: string[] = []
  let continuation: string | null = null
  do {
    const query = { ...wholeModel, filter: isOfModel(key.model), continuation }
    const page: VersionPage = await versions.list(query, call)
    for (const { modelName, version, stage: current } of page.items) {
      if (modelName === key.model && current === stage && version !== key.version) others.push(version)
    }
    continuation = page.continuation
  } while (continuation !== null)
  return others.toSorted(compareVersions)
}

const wholeModel = {
  order: [{ field: 'version', direction: 'asc' }],
  includeArchived: false,
  limit: 10_000,
  after: null,
} as const

function isOfModel(name: string): VersionFilter {
  return {
    kind: 'text',
    field: 'model',
    tests: [{ operator: 'eq', value: name, ignoreCase: false }],
  }
}
