import { type Outcome, RegistryError } from '../../contract/index.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { parseModelUri } from '../records/model-uri.ts'
import type { FederatedRun, FederatedVersion } from '../records/records.ts'
import type { Reader } from '../session/reader.ts'
import type { Session } from '../session/session.ts'
import { hopsBack } from './lineage.ts'

/** Whether a version has the facts of the run that it came from by its origin only. */
export function hasRunByOrigin(version: FederatedVersion): boolean {
  return version.runId === null && isCopy(version)
}

/** The run that a version came from: its own, or that of the nearest one it was copied from that has one. */
export async function runOfVersion(
  session: Session,
  version: FederatedVersion,
): Promise<FederatedRun | null> {
  const load = (registry: Reader, runId: string) => registry.run(runId)
  const own = await ownRun(session, version, load)
  return isTheAnswer(own, version) ? own : ((await runByOrigin(session, version, load)) ?? own)
}

/** With what could not be read of this one version alone; what fails all of its own registry is thrown. */
export async function runOfVersionOrWhyNot(
  session: Session,
  version: FederatedVersion,
): Promise<Outcome<FederatedRun>> {
  const load = (registry: Reader, runId: string) => registry.runOrWhyNot(runId)
  const own = await ownRun(session, version, load)
  if (isTheAnswer(own, version)) return own
  try {
    return (await runByOrigin(session, version, load)) ?? own
  } catch (error) {
    if (error instanceof RegistryFailure) return error.error
    throw error
  }
}

type LoadRun<Found> = (registry: Reader, runId: string) => Promise<Found>

async function ownRun<Found extends Outcome<FederatedRun>>(
  session: Session,
  version: FederatedVersion,
  load: LoadRun<Found>,
): Promise<Found | null> {
  return version.runId === null ? null : load(session.reader(version), version.runId)
}

/** Nobody is asked for the origin of a version whose own run says something, or is gone. */
function isTheAnswer(own: Outcome<FederatedRun>, version: FederatedVersion): boolean {
  return !isCopy(version) || (version.runId !== null && !holdsFilesOnly(own))
}

async function runByOrigin<Found extends Outcome<FederatedRun>>(
  session: Session,
  version: FederatedVersion,
  load: LoadRun<Found>,
): Promise<Found | null> {
  for await (const { version: origin } of hopsBack(session, version)) {
    const run = origin && (await ownRun(session, origin, load))
    if (origin?.runId != null && !holdsFilesOnly(run)) return run
  }
  return null
}

function isCopy({ source }: FederatedVersion): boolean {
  return source !== null && parseModelUri(source) !== null
}

function holdsFilesOnly(run: Outcome<FederatedRun>): boolean {
  return run !== null && !RegistryError.is(run) && run.filesOnly === true
}
