import { RegistryFailure } from '../errors/registry-failure.ts'
import { someOf } from '../logical/some-of.ts'
import type { DriftRecord } from '../records/drift.ts'
import type { FederatedVersion } from '../records/records.ts'
import { latestVersion } from '../resolve/latest-version.ts'
import { isSameArtifactOf } from '../resolve/same-artifact.ts'
import { metricDifferences, tagDifferences, type VersionComparison } from '../resolve/version-diff.ts'
import type { Session } from '../session/session.ts'
import type { DriftSide } from './drift-side.ts'

type Finding = Pick<DriftRecord, 'kind' | 'detail'>

interface Compared {
  readonly from: DriftSide
  readonly to: DriftSide
  readonly holders: readonly [from: FederatedVersion, to: FederatedVersion]
}

/** In the order of their kinds. What could not be read is UNKNOWN, and the rest is told all the same. */
export async function differencesOfHolders(session: Session, compared: Compared): Promise<Finding[]> {
  const checks = [artifactDiffers, tagsDiffer, metricsDiffer, stageDiffers, isNewerInFrom]
  const troubles = new Set<string>()
  const found = await Promise.all(
    checks.map(async (check) => {
      try {
        return await check(session, compared)
      } catch (error) {
        if (!(error instanceof RegistryFailure)) throw error
        troubles.add(`${JSON.stringify(error.registry)} could not be read: ${error.message}`)
        return null
      }
    }),
  )
  const findings = found.filter((finding) => finding !== null)
  return troubles.size === 0 ? findings : [...findings, { kind: 'UNKNOWN', detail: [...troubles].join(' ') }]
}

async function artifactDiffers(session: Session, { from, to, holders }: Compared): Promise<Finding | null> {
  if ((await isSameArtifactOf(session, holders)) !== false) return null
  const [one, other] = holders.map(({ version }) => version)
  const detail = `Version ${one} in ${from.environment} and ${other} in ${to.environment} have other files.`
  return { kind: 'DIFFERENT_ARTIFACT', detail }
}

async function tagsDiffer(_: Session, { holders }: Compared): Promise<Finding | null> {
  return keysDiffer('TAGS_DIFFER', 'Tags', await tagDifferences(toComparison(holders)))
}

async function metricsDiffer(session: Session, { holders }: Compared): Promise<Finding | null> {
  return keysDiffer('METRICS_DIFFER', 'Metrics', await metricDifferences(session, toComparison(holders)))
}

async function stageDiffers(_: Session, { from, to, holders }: Compared): Promise<Finding | null> {
  const [one, other] = holders.map(({ stage }) => stage)
  // Null where a registry knows no stages.
  if (one == null || other == null || one === other) return null
  const detail = `${one} in ${from.environment}, ${other} in ${to.environment}.`
  return { kind: 'STAGE_DIFFERS', detail }
}

async function isNewerInFrom(session: Session, { from, holders }: Compared): Promise<Finding | null> {
  const [holder] = holders
  const { model } = from
  const last = model && (await latestVersion(session.reader(model), model.name))
  if (!last?.createdAt || !holder.createdAt || last.createdAt <= holder.createdAt) return null
  const detail = `Version ${last.version} in ${from.environment} was created after ${holder.version}, which holds the alias there.`
  return { kind: 'NEWER_IN_FROM', detail }
}

const keysNamed = 5

function keysDiffer(
  kind: 'TAGS_DIFFER' | 'METRICS_DIFFER',
  what: string,
  differences: readonly { readonly key: string; readonly change: string }[] | null,
): Finding | null {
  const keys = (differences ?? []).filter(({ change }) => change !== 'SAME').map(({ key }) => key)
  if (keys.length === 0) return null
  return { kind, detail: `${what} differ: ${someOf(keys.slice(0, keysNamed), keys.length)}.` }
}

function toComparison([from, to]: Compared['holders']): VersionComparison {
  return { from: async () => from, to: async () => to }
}
