import type { ModelWrites } from '../../contract/index.ts'
import type { CreateModel } from '../records/command.ts'
import type { FederatedModel } from '../records/records.ts'
import type { WrittenModel } from '../records/written.ts'
import { assertDescription, assertModelName, assertTags } from './legal-texts.ts'
import { sortTags } from './sort-tags.ts'
import { findModel, withTime } from './still-itself.ts'
import type { WriteKind } from './write-kind.ts'

export const creatingModel: WriteKind<CreateModel, ModelWrites, CreateModel, void, WrittenModel> = {
  step: 'models.create',
  needs: { part: ({ writes }) => writes?.models, toDo: 'make models' },
  turn: 'unlessNative',
  once: {
    arguments: ({ registry, name, description, tags }) => [
      registry,
      name,
      description || null,
      sortTags(tags),
    ],
    async recover({ session, description: { levels } }, command) {
      if (levels.idempotency === 'NATIVE') return null
      const found = await session.model(command.name)
      if (!found || !isAsAsked(found, command)) return null
      return withTime({ registry: session.name, name: command.name }, async () => found)
    },
    timed: (session, answer) => withTime(answer, () => findModel(session, answer)),
  },
  locate: (session, { registry, name }) => ({
    registry: session.registry(registry),
    find: () => ({ registry, model: name }),
  }),
  intend(command, registry) {
    assertModelName(registry, command.name, 'name')
    assertDescription(registry, command.description ?? '')
    assertTags(registry, command.tags)
    return command
  },
  apply: (models, { intent: { name, description, tags }, key }, call) =>
    models.create({ name, description: description || null, tags, idempotencyKey: key }, call),
  follow: (grants, { registry, model }, { caller }) => grants.made(registry, model, caller),
  conclude: ({ registry, model }, { tags }) => ({
    answer: { registry, name: model },
    facts: { tagKeys: tags.map(({ key }) => key) },
  }),
}

/** Somebody else's model of the same name with the very same contents is as good as ours. */
function isAsAsked(found: FederatedModel, { description, tags }: CreateModel): boolean {
  return (
    (found.description ?? '') === (description ?? '') &&
    JSON.stringify(found.tags) === JSON.stringify(sortTags(tags))
  )
}
