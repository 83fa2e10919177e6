import type { TagRecord, VersionKey } from '../../contract/index.ts'
import type { VersionReference } from '../resolve/version-reference.ts'
import type { Session } from '../session.ts'
import { assertDescription, assertTags, assertUnreserved } from './legal-texts.ts'
import { findVersionToWrite } from './version-to-write.ts'
import { notFound, requirePart, toWritable, type WritableRegistry } from './writable.ts'

/** What a write was done to; what it is now is read when somebody asks. */
export interface WrittenVersion extends VersionKey {
  readonly registry: string
}

/** `''` removes it. */
export function describeVersion(
  session: Session,
  reference: VersionReference,
  description: string,
): Promise<WrittenVersion> {
  return writeVersion(session, reference, async (registry, key) => {
    const { versions } = registry.writes
    requirePart(registry.session, versions.describe, 'change the description of a version')
    assertDescription(registry, description)
    await registry.session.write('versions.describe', async (_, call) =>
      versions.describe?.(key, description === '' ? null : description, call),
    )
  })
}

export function deleteVersion(session: Session, reference: VersionReference): Promise<WrittenVersion> {
  return writeVersion(session, reference, async ({ session: registry, writes: { versions } }, key) => {
    requirePart(registry, versions.delete, 'delete versions')
    await registry.write('versions.delete', async (_, call) => versions.delete?.(key, call))
  })
}

export function setVersionTags(
  session: Session,
  reference: VersionReference,
  tags: readonly TagRecord[],
): Promise<WrittenVersion> {
  return writeVersion(session, reference, async (registry, key) => {
    assertTags(registry, tags)
    if (tags.length === 0) return assertThere(registry, key)
    await registry.session.write('versions.setTags', (_, call) =>
      registry.writes.versions.setTags(key, tags, call),
    )
  })
}

export function deleteVersionTags(
  session: Session,
  reference: VersionReference,
  keys: readonly string[],
): Promise<WrittenVersion> {
  for (const key of keys) assertUnreserved(key, 'keys')
  return writeVersion(session, reference, async (registry, key) => {
    if (keys.length === 0) return assertThere(registry, key)
    await registry.session.write('versions.deleteTags', (_, call) =>
      registry.writes.versions.deleteTags(key, keys, call),
    )
  })
}

async function writeVersion(
  session: Session,
  reference: VersionReference,
  work: (registry: WritableRegistry, key: VersionKey) => Promise<void>,
): Promise<WrittenVersion> {
  const { registry, model, version } = await findVersionToWrite(session, reference, 'version')
  await work(await toWritable(registry), { model, version })
  return { registry: registry.name, model, version }
}

async function assertThere({ session }: WritableRegistry, key: VersionKey): Promise<void> {
  if (await session.version(key)) return
  const [model, version] = [key.model, key.version].map((text) => JSON.stringify(text))
  throw notFound(session, `The version ${version} of the model ${model}`)
}
