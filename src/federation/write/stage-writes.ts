import { isSameFolded, RegistryError } from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { VersionReference } from '../resolve/version-reference.ts'
import type { Session } from '../session/session.ts'
import { inTurn } from './one-writer.ts'
import { findVersionToWrite } from './version-to-write.ts'
import type { WrittenVersion } from './version-writes.ts'
import { requirePart, toWritable, unsupported, type WritableRegistry } from './writable.ts'

export interface WrittenTransition extends WrittenVersion {
  /** The versions of the same model that went to Archived. */
  readonly archived: readonly string[]
  readonly comment: string | null
}

export interface TransitionToMake {
  readonly version: VersionReference
  readonly stage: string
  readonly archiveExisting: boolean | null
  readonly expectedStage: string | null
  /** Why, for the log. */
  readonly comment: string | null
}

export async function transitionStage(session: Session, input: TransitionToMake): Promise<WrittenTransition> {
  const { registry, model, version } = await findVersionToWrite(session, input.version, 'version')
  const writable = await toWritable(registry)
  const stages = requirePart(registry, writable.writes.stages, 'move versions between stages')
  const stage = requireStage(writable, input.stage, 'stage')
  const { archiveExisting } = input
  if (archiveExisting === true && ['None', 'Archived'].some((known) => isSameFolded(known, stage))) {
    throw new InputError(
      'archiveExisting',
      `There is nothing to archive for the stage ${stage}; leave it out.`,
    )
  }
  if (archiveExisting === true && !writable.description.stages.includes('Archived')) {
    throw unsupported(registry, 'has no stage Archived for the other versions; leave archiveExisting out')
  }
  const expected =
    input.expectedStage === null ? undefined : requireStage(writable, input.expectedStage, 'expectedStage')
  // On every backend: nothing else can look at stages and then write by what it saw.
  const { archived, previous } = await inTurn({ session, registry, model }, (current, lost) =>
    current.write(
      'stages.transition',
      (_, call) => stages.transition({ model, version }, { stage, archiveExisting, expected }, call),
      lost,
    ),
  )
  const { comment } = input
  const written = { registry: registry.name, model, version, archived, comment }
  const change = { ...(previous !== undefined && { from: previous }), to: stage }
  session.noteWrite({ operation: 'transitionStage', ...written, stage: change })
  return written
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
