import {
  assertStage,
  type Call,
  isSameFolded,
  RegistryError,
  type StageMove,
  type StageTransition,
  type StageWrites,
  type VersionKey,
} from '../../../contract/index.ts'
import { archivedStage, type LocalConfig, noStage } from '../config.ts'
import {
  type LockedVersion,
  lockVersion,
  runWrite,
  type StoreContext,
  type Write,
} from '../store/transaction.ts'

/** What is left out is as configured, and expects nothing. */
export type LocalTransition = Pick<StageTransition, 'stage'> & Partial<StageTransition>

export function stageWrites(context: StoreContext) {
  return {
    /** The stage is found without regard to case. */
    async transition(key: VersionKey, transition: LocalTransition, call?: Call): Promise<StageMove> {
      const stage = requireStage(context.config, transition.stage)
      const archives = archivesOthers(context.config, stage, transition.archiveExisting ?? null)
      return runWrite(context, call, async (write) => {
        const version = await lockVersion(write, key)
        assertStage(key, version.stage, transition.expected)
        const archived = archives ? await archiveOthers(write, version, stage) : []
        await moveTo(write, version, stage)
        return { archived, previous: version.stage }
      })
    },
  } satisfies StageWrites
}

function requireStage({ stages }: LocalConfig, given: string): string {
  const known = stages.find((stage) => isSameFolded(stage, given))
  if (known !== undefined) return known
  const message = `There is no stage ${JSON.stringify(given)}: the stages are ${stages.join(', ')}.`
  throw new RegistryError('BAD_USER_INPUT', message)
}

/** By configuration only where one version is meant to be: new ones are in no stage, and many of them. */
function archivesOthers(config: LocalConfig, stage: string, asked: boolean | null): boolean {
  if (!(asked ?? (config.archiveExisting && stage !== noStage))) return false
  if (!config.stages.includes(archivedStage)) {
    const message = `Others cannot be archived, as the registry has no stage "${archivedStage}": the stages are ${config.stages.join(', ')}.`
    throw new RegistryError('BAD_USER_INPUT', message)
  }
  return stage !== archivedStage
}

async function archiveOthers(
  { queries, now }: Write,
  { modelId, number }: LockedVersion,
  stage: string,
): Promise<string[]> {
  const rows = await queries
    .updateTable('local_version')
    .set({ stage: archivedStage, updated_at: now() })
    .where('model_id', '=', modelId)
    .where('stage', '=', stage)
    .where('number', '!=', number)
    .returning('number')
    .execute()
  return rows
    .map((row) => row.number)
    .sort((a, b) => a - b)
    .map(String)
}

async function moveTo(
  { queries, now }: Write,
  { modelId, number }: LockedVersion,
  stage: string,
): Promise<void> {
  const updated_at = now()
  await queries
    .updateTable('local_version')
    .set({ stage, updated_at })
    .where('model_id', '=', modelId)
    .where('number', '=', number)
    .execute()
  await queries.updateTable('local_model').set({ updated_at }).where('id', '=', modelId).execute()
}
