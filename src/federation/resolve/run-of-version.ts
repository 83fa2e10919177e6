import { type Outcome, RegistryError } from '../../contract/index.ts'
import type { FederatedRun, FederatedVersion } from '../records.ts'
import { RegistryFailure } from '../registry-failure.ts'
import type { Session } from '../session.ts'
import { hopsBack } from './lineage.ts'
import { parseModelUri } from './model-uri.ts'

/** Whether a version has the facts of the run that it came from by its origin only. */
export function hasRunByOrigin({ runId, source }: FederatedVersion): boolean {
  return runId === null && source !== null && parseModelUri(source) !== null
}

/** The run that a version came from: its own, or that of the nearest one it was copied from that has one. */
export async function runOfVersion(
  session: Session,
  version: FederatedVersion,
): Promise<FederatedRun | null> {
  const owner = await ownerOfRun(session, version)
  return owner?.runId == null ? null : session.registry(owner.registry).run(owner.runId)
}

/** With what could not be read of this one version alone; what fails all of its own registry is thrown. */
export async function runOfVersionOrWhyNot(
  session: Session,
  version: FederatedVersion,
): Promise<Outcome<FederatedRun>> {
  if (version.runId !== null) return session.registry(version.registry).runOrWhyNot(version.runId)
  try {
    const owner = await ownerOfRun(session, version)
    return owner?.runId == null ? null : await session.registry(owner.registry).runOrWhyNot(owner.runId)
  } catch (error) {
    if (error instanceof RegistryFailure && RegistryError.is(error.error)) return error.error
    throw error
  }
}

async function ownerOfRun(session: Session, version: FederatedVersion): Promise<FederatedVersion | null> {
  if (version.runId !== null) return version
  if (!hasRunByOrigin(version)) return null
  for await (const { version: origin } of hopsBack(session, version)) {
    if (origin !== null && origin.runId !== null) return origin
  }
  return null
}
