import type { Call, TagRecord, VersionKey } from '../../contract/index.ts'
import { locateVersion, type VersionReference } from '../resolve/version-reference.ts'
import type { Session } from '../session/session.ts'
import type { WriteFacts } from '../session/write-facts.ts'
import { assertDescription, assertTags, assertUnreserved } from './legal-texts.ts'
import { writeToModel } from './one-writer.ts'
import { findVersionToWrite } from './version-to-write.ts'
import { notFound, requirePart, requireWrites, toWritable, type WritableRegistry } from './writable.ts'

/** What a write was done to; what it is now is read when somebody asks. */
export interface WrittenVersion extends VersionKey {
  readonly registry: string
}

/** `''` removes it. */
export async function describeVersion(
  session: Session,
  reference: VersionReference,
  description: string,
): Promise<WrittenVersion> {
  const { registry, key } = await locateWritable(session, reference)
  const { versions } = registry.writes
  requirePart(registry.session, versions.describe, 'change the description of a version')
  assertDescription(registry, description)
  return writeVersion(session, registry, key, { operation: 'updateModelVersion' }, async (call) =>
    versions.describe?.(key, description === '' ? null : description, call),
  )
}

export async function deleteVersion(session: Session, reference: VersionReference): Promise<WrittenVersion> {
  const { registry, key } = await locateWritable(session, reference)
  const { versions } = registry.writes
  requirePart(registry.session, versions.delete, 'delete versions')
  return writeVersion(session, registry, key, { operation: 'deleteModelVersion' }, async (call) =>
    versions.delete?.(key, call),
  )
}

export async function setVersionTags(
  session: Session,
  reference: VersionReference,
  tags: readonly TagRecord[],
): Promise<WrittenVersion> {
  const { setTags } = requireTagWrites(session, reference)
  const { registry, key } = await locateWritable(session, reference)
  assertTags(registry, tags)
  if (tags.length === 0) return findVersion(registry, key)
  return writeVersion(
    session,
    registry,
    key,
    { operation: 'setModelVersionTags', tagKeys: tags.map((tag) => tag.key) },
    (call) => setTags(key, tags, call),
  )
}

export async function deleteVersionTags(
  session: Session,
  reference: VersionReference,
  keys: readonly string[],
): Promise<WrittenVersion> {
  for (const key of keys) assertUnreserved(key, 'keys')
  const { deleteTags } = requireTagWrites(session, reference)
  const { registry, key } = await locateWritable(session, reference)
  if (keys.length === 0) return findVersion(registry, key)
  return writeVersion(
    session,
    registry,
    key,
    { operation: 'deleteModelVersionTags', tagKeys: keys },
    (call) => deleteTags(key, keys, call),
  )
}

/** Asks the registry nothing, not even which version it is. */
function requireTagWrites(session: Session, reference: VersionReference) {
  const { registry } = locateVersion(session, reference, 'version')
  const { versions } = requireWrites(registry)
  const what = 'change the tags of a version'
  return {
    setTags: requirePart(registry, versions.setTags?.bind(versions), what),
    deleteTags: requirePart(registry, versions.deleteTags?.bind(versions), what),
  }
}

async function locateWritable(session: Session, reference: VersionReference) {
  const { registry, model, version } = await findVersionToWrite(session, reference, 'version')
  return { registry: await toWritable(registry), key: { model, version } }
}

async function writeVersion(
  session: Session,
  { session: registry }: WritableRegistry,
  key: VersionKey,
  facts: Omit<WriteFacts, 'registry' | 'model' | 'version'>,
  write: (call: Call) => Promise<void>,
): Promise<WrittenVersion> {
  await writeToModel({ session, registry, model: key.model }, facts.operation, (_, call) => write(call))
  session.noteWrite({ ...facts, registry: registry.name, ...key })
  return { registry: registry.name, ...key }
}

async function findVersion({ session }: WritableRegistry, key: VersionKey): Promise<WrittenVersion> {
  if (await session.version(key)) return { registry: session.name, ...key }
  const [model, version] = [key.model, key.version].map((text) => JSON.stringify(text))
  throw notFound(session, `The version ${version} of the model ${model}`)
}
