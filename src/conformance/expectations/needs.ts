import { type Adapter, type RegistryDescription, tagLevelOf } from '../../contract/index.ts'
import type { Need } from '../check.ts'

/** What the author gives, without which some checks are skipped. */
interface GivenOptions {
  readonly connectHanging?: unknown
  readonly connectFaulty?: unknown
  readonly backendUrl?: unknown
  readonly secrets?: readonly string[]
  readonly hidden?: readonly unknown[]
}

/** What the adapter has, by its facets and by what it says of them. */
export function findNeeds(
  adapter: Adapter,
  description: RegistryDescription,
  { connectHanging, connectFaulty, backendUrl, secrets = [], hidden = [] }: GivenOptions,
): Record<Need, boolean> {
  const { aliases, runs, artifacts, writes, copies, exports, imports } = adapter
  const { stages, levels, integerVersions } = description
  const hasTags = tagLevelOf(adapter, description) !== 'NONE'
  return {
    tags: hasTags,
    'no tags': !hasTags,
    'model tag writes': hasTags && writes?.models.setTags !== undefined,
    'version tag writes': hasTags && writes?.versions.setTags !== undefined,
    'place for notes': writes?.versions.keepsNotes === true,
    aliases: aliases !== undefined,
    'no aliases': aliases === undefined,
    stages: stages.length > 0,
    'no stages': stages.length === 0,
    runs: runs !== undefined,
    'no runs': runs === undefined,
    artifacts: artifacts !== undefined,
    'integer versions': integerVersions,
    'hanging backend': connectHanging !== undefined || connectFaulty !== undefined,
    'faulty backend': connectFaulty !== undefined,
    'backend to spoil': connectFaulty !== undefined && backendUrl !== undefined,
    secrets: secrets.length > 0,
    'hidden models': hidden.length > 0,
    writes: writes !== undefined,
    'no writes': writes === undefined,
    'alias writes': writes?.aliases !== undefined,
    'stage writes': writes?.stages !== undefined,
    'archived stage': stages.includes('Archived'),
    'describe model': writes?.models.describe !== undefined,
    'describe version': writes?.versions.describe !== undefined,
    rename: writes?.models.rename !== undefined,
    'delete model': writes?.models.delete !== undefined,
    'take back': writes?.models.takeBack !== undefined,
    'delete version': writes?.versions.delete !== undefined,
    'native compare-and-set': writes !== undefined && levels.compareAndSet === 'NATIVE',
    'native idempotency': writes !== undefined && levels.idempotency === 'NATIVE',
    'no native idempotency': levels.idempotency !== 'NATIVE',
    'own copy': copies !== undefined,
    exports: exports !== undefined,
    imports: imports !== undefined,
  }
}

const options: Partial<Record<Need, string>> = {
  'hanging backend': 'connectHanging',
  'faulty backend': 'connectFaulty',
  'backend to spoil': 'backendUrl',
  secrets: 'secrets',
}

/** Why a check that needs it is skipped. */
export function explainLack(need: Need): string {
  const option = options[need]
  if (need === 'hidden models') return 'the seed names nothing that is hidden'
  if (option !== undefined) return `the option ${option} is not given`
  return `the registry has ${need.startsWith('no ') ? need.slice(3) : `no ${need}`}`
}
