import type { VersionKey } from '../contract/index.ts'
import { legalTags } from './accepted-texts.ts'
import { need } from './check.ts'
import type { WriteTargets } from './every-write.ts'
import type { WriteBench } from './write-bench.ts'

/** Two versions of a model of their own. */
export async function createPair(bench: WriteBench): Promise<readonly [VersionKey, VersionKey]> {
  const name = await bench.createModel()
  return [await bench.createVersion(name), await bench.createVersion(name)]
}

/** Versions of a model of their own, made one after the other. */
export async function createVersions(
  bench: WriteBench,
  count: number,
): Promise<readonly [VersionKey, ...VersionKey[]]> {
  const name = await bench.createModel()
  const first = await bench.createVersion(name)
  const others: VersionKey[] = []
  while (others.length < count - 1) others.push(await bench.createVersion(name))
  return [first, ...others]
}

/** A model with a version, for every write to be tried on. */
export async function createTargets(bench: WriteBench): Promise<WriteTargets> {
  const tags = legalTags(bench, [{ key: 'old', value: 'tag' }])
  const version = await bench.createVersion(await bench.createModel({ tags }), { tags })
  if (bench.writes.aliases) await bench.setAlias(version, 'held')
  return {
    version,
    source: bench.source,
    stage: bench.description.stages.at(-1) ?? '',
    newName: bench.name('-new'),
    otherName: bench.name('-other'),
  }
}

export async function removeVersion({ writes, call }: WriteBench, key: VersionKey): Promise<void> {
  await need(writes.versions.delete?.(key, call()), 'delete version')
}

/** The id of a run that is there. */
export function firstRun({ truth }: WriteBench): string {
  return need([...truth.runs.keys()][0], 'run')
}
