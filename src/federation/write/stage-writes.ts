import {
  isSameFolded,
  RegistryError,
  type StageMove,
  type StageTransition,
  type StageWrites,
} from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { TransitionStage } from '../records/command.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { WrittenTransition } from '../records/written.ts'
import type { Session } from '../session/session.ts'
import { locateVersionToWrite } from './locate-target.ts'
import { unsupported, type WritableRegistry } from './writable.ts'
import type { WriteKind } from './write-kind.ts'

interface Move {
  readonly transition: StageTransition
  readonly comment: string | null
}

export const transitioningStage: WriteKind<TransitionStage, StageWrites, Move, StageMove, WrittenTransition> =
  {
    step: 'stages.transition',
    needs: { part: ({ writes }) => writes?.stages, toDo: 'move versions between stages' },
    // On every backend: nothing else can look at stages and then write by what it saw.
    turn: 'always',
    locate: locateVersionToWrite,
    intend({ archiveExisting, comment, ...command }, registry) {
      const stage = requireStage(registry, command.stage, 'stage')
      if (archiveExisting === true) assertArchives(registry, stage)
      const { expectedStage } = command
      const expected =
        expectedStage === null ? undefined : requireStage(registry, expectedStage, 'expectedStage')
      return { transition: { stage, archiveExisting, expected }, comment }
    },
    apply: (stages, { target: { model, version = '' }, intent }, call) =>
      stages.transition({ model, version }, intent.transition, call),
    conclude({ registry, model, version = '' }, { transition: { stage }, comment }, move) {
      const archived = move?.archived ?? []
      const change = { ...(move?.previous !== undefined && { from: move.previous }), to: stage }
      return {
        answer: { registry, model, version, archived, comment },
        facts: { archived, comment, stage: change },
      }
    },
  }

function assertArchives({ session, description }: WritableRegistry, stage: string): void {
  if (['None', 'Archived'].some((known) => isSameFolded(known, stage))) {
    throw new InputError(
      'archiveExisting',
      `There is nothing to archive for the stage ${stage}; leave it out.`,
    )
  }
  if (description.stages.includes('Archived')) return
  throw unsupported(session, 'has no stage Archived for the other versions; leave archiveExisting out')
}

/**
 * Those that are still there. The list cannot be null, so that without it the whole answer is: the error says that the
 * move was made all the same.
 */
export async function loadArchived(
  session: Session,
  { registry: name, model, archived }: WrittenTransition,
): Promise<FederatedVersion[]> {
  const registry = session.registry(name)
  try {
    const versions = await Promise.all(archived.map((version) => registry.version({ model, version })))
    return versions.filter((version) => version !== null)
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error
    const { code, message } = error.error
    const outcome = 'The move was made; the versions that went to Archived for it could not be read back.'
    const options = { retryable: false, nothingWritten: false, cause: error.error }
    throw new RegistryFailure(name, new RegistryError(code, `${message} ${outcome}`, options))
  }
}

/** Found without regard to case, and given in the registry's spelling. */
export function requireStage(
  { session, description }: WritableRegistry,
  stage: string,
  field: string,
): string {
  const found = description.stages.find((known) => isSameFolded(known, stage))
  if (found !== undefined) return found
  const known = description.stages.length === 0 ? 'none' : description.stages.join(', ')
  throw new InputError(
    field,
    `There is no stage ${JSON.stringify(stage)} in "${session.name}". Its stages: ${known}.`,
  )
}
