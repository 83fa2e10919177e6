import { compareVersions, isSameFolded } from '../../contract/index.ts'
import type { FederatedVersion } from '../records/records.ts'
import type { Reader } from '../session/reader.ts'

/** Of a model's latest versions the one created last, archived or not. */
export function createdLast(latest: readonly FederatedVersion[]): FederatedVersion | null {
  return latest.toSorted(byCreation)[0] ?? null
}

/** Of a model's latest versions the highest in a stage, which is found without regard to case. */
export function highestInStage(latest: readonly FederatedVersion[], stage: string): FederatedVersion | null {
  const inStage = latest.filter((version) => version.stage !== null && isSameFolded(version.stage, stage))
  return inStage.toSorted((a, b) => compareVersions(b.version, a.version))[0] ?? null
}

export async function latestVersion(
  registry: Reader,
  model: string,
  stage: string | null = null,
): Promise<FederatedVersion | null> {
  const latest = (await registry.latestVersions(model)) ?? []
  return stage === null ? createdLast(latest) : highestInStage(latest, stage)
}

function byCreation(a: FederatedVersion, b: FederatedVersion): number {
  return (
    (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || compareVersions(b.version, a.version)
  )
}
