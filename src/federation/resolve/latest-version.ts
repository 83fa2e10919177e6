import { compareVersions } from '../../contract/index.ts'
import type { FederatedVersion } from '../records.ts'
import type { RegistrySession } from '../registry-session.ts'

/** The version created last, archived or not. */
export async function latestVersion(
  registry: RegistrySession,
  model: string,
): Promise<FederatedVersion | null> {
  const versions = (await registry.latestVersions(model)) ?? []
  return versions.toSorted(createdLast)[0] ?? null
}

/** The highest version in a stage, which is found without regard to case. */
export async function latestVersionInStage(
  registry: RegistrySession,
  model: string,
  stage: string,
): Promise<FederatedVersion | null> {
  const versions = (await registry.latestVersions(model)) ?? []
  const inStage = versions.filter((version) => version.stage?.toLowerCase() === stage.toLowerCase())
  return inStage.toSorted((a, b) => compareVersions(b.version, a.version))[0] ?? null
}

function createdLast(a: FederatedVersion, b: FederatedVersion): number {
  return (
    (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0) || compareVersions(b.version, a.version)
  )
}
