import type { Call, TagRecord } from '../../contract/index.ts'
import type { FederatedModel } from '../records/records.ts'
import type { Session } from '../session/session.ts'
import type { WriteFacts } from '../session/write-facts.ts'
import { assertDescription, assertModelName, assertTags, assertUnreserved } from './legal-texts.ts'
import { locateModel, type ModelReference } from './model-reference.ts'
import { onceOnly } from './once.ts'
import { writeToModel } from './one-writer.ts'
import { sortTags } from './sort-tags.ts'
import { notFound, requirePart, requireWrites, toWritable, type WritableRegistry } from './writable.ts'

/** What a write was done to; what it is now is read when somebody asks. */
export interface WrittenModel {
  readonly registry: string
  readonly name: string
}

export interface ModelToCreate {
  readonly registry: string
  readonly name: string
  readonly description: string | null
  readonly tags: readonly TagRecord[]
  readonly idempotencyKey: string | null
}

export async function createModel(session: Session, model: ModelToCreate): Promise<WrittenModel> {
  const { registry: registryName, name, description, tags, idempotencyKey } = model
  const registry = await toWritable(session.registry(registryName))
  assertModelName(registry, name, 'name')
  assertDescription(registry, description ?? '')
  assertTags(registry, tags)
  const written = { registry: registryName, name }
  const { answer, isReplay } = await onceOnly(session, {
    operation: 'createModel',
    idempotencyKey,
    arguments: [registryName, name, description || null, sortTags(tags)],
    prepare: async () => null,
    async perform(once) {
      const wish = { name, description: description || null, tags, idempotencyKey: once?.key ?? null }
      const target = { session, registry: session.registry(registryName), model: name, lost: once?.lost }
      await writeToModel(target, 'models.create', (_, call) => registry.writes.models.create(wish, call))
      return written
    },
    async recover() {
      if (registry.description.levels.idempotency === 'NATIVE') return null
      const found = await session.registry(registryName).model(name)
      return found && isAsAsked(found, model) ? written : null
    },
  })
  const tagKeys = tags.map(({ key }) => key)
  session.noteWrite({ operation: 'createModel', registry: registryName, model: name, tagKeys, isReplay })
  return answer
}

/** Somebody else's model of the same name with the very same contents is as good as ours. */
function isAsAsked(found: FederatedModel, { description, tags }: ModelToCreate): boolean {
  return (
    (found.description ?? '') === (description ?? '') &&
    JSON.stringify(found.tags) === JSON.stringify(sortTags(tags))
  )
}

/** `''` removes it. */
export async function describeModel(
  session: Session,
  reference: ModelReference,
  description: string,
): Promise<WrittenModel> {
  const { registry, name } = await locateWritable(session, reference)
  const { models } = registry.writes
  requirePart(registry.session, models.describe, 'change the description of a model')
  assertDescription(registry, description)
  return writeModel(session, registry, name, { operation: 'updateModel' }, async (call) =>
    models.describe?.(name, description === '' ? null : description, call),
  )
}

export async function renameModel(
  session: Session,
  reference: ModelReference,
  newName: string,
): Promise<WrittenModel> {
  const { registry, name } = await locateWritable(session, reference)
  const { models } = registry.writes
  requirePart(registry.session, models.rename, 'rename models')
  assertModelName(registry, newName, 'newName')
  const written = await writeModel(
    session,
    registry,
    name,
    { operation: 'renameModel', renamedTo: newName },
    async (call) => models.rename?.(name, newName, call),
  )
  return { ...written, name: newName }
}

export async function deleteModel(session: Session, reference: ModelReference): Promise<WrittenModel> {
  const { registry, name } = await locateWritable(session, reference)
  const { models } = registry.writes
  requirePart(registry.session, models.delete, 'delete models')
  return writeModel(session, registry, name, { operation: 'deleteModel' }, async (call) =>
    models.delete?.(name, call),
  )
}

export async function setModelTags(
  session: Session,
  reference: ModelReference,
  tags: readonly TagRecord[],
): Promise<WrittenModel> {
  const { setTags } = requireTagWrites(session, reference)
  const { registry, name } = await locateWritable(session, reference)
  assertTags(registry, tags)
  if (tags.length === 0) return findModel(registry, name)
  return writeModel(
    session,
    registry,
    name,
    { operation: 'setModelTags', tagKeys: tags.map(({ key }) => key) },
    (call) => setTags(name, tags, call),
  )
}

export async function deleteModelTags(
  session: Session,
  reference: ModelReference,
  keys: readonly string[],
): Promise<WrittenModel> {
  for (const key of keys) assertUnreserved(key, 'keys')
  const { deleteTags } = requireTagWrites(session, reference)
  const { registry, name } = await locateWritable(session, reference)
  if (keys.length === 0) return findModel(registry, name)
  return writeModel(session, registry, name, { operation: 'deleteModelTags', tagKeys: keys }, (call) =>
    deleteTags(name, keys, call),
  )
}

/** Asks the registry nothing. */
function requireTagWrites(session: Session, reference: ModelReference) {
  const { registry } = locateModel(session, reference)
  const { models } = requireWrites(registry)
  const what = 'change the tags of a model'
  return {
    setTags: requirePart(registry, models.setTags?.bind(models), what),
    deleteTags: requirePart(registry, models.deleteTags?.bind(models), what),
  }
}

async function locateWritable(session: Session, reference: ModelReference) {
  const { registry, name } = locateModel(session, reference)
  return { registry: await toWritable(registry), name }
}

async function writeModel(
  session: Session,
  { session: registry }: WritableRegistry,
  name: string,
  facts: Omit<WriteFacts, 'registry' | 'model'>,
  write: (call: Call) => Promise<void>,
): Promise<WrittenModel> {
  await writeToModel({ session, registry, model: name }, facts.operation, (_, call) => write(call))
  session.noteWrite({ ...facts, registry: registry.name, model: name })
  return { registry: registry.name, name }
}

async function findModel({ session }: WritableRegistry, name: string): Promise<WrittenModel> {
  if (await session.model(name)) return { registry: session.name, name }
  throw notFound(session, `The model ${JSON.stringify(name)}`)
}
