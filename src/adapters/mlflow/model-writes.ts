import { type Call, type ModelWrites, type NewModel, RegistryError } from '../../contract/index.ts'
import type { MlflowClient } from './client.ts'
import { canTravel } from './grammar.ts'
import { deleteTags, refusePromptTag, setTags, type Tagged } from './tag-writes.ts'
import { inWords, noSuchModel, requirePossibleModel } from './write-words.ts'

export function mlflowModelWrites(client: MlflowClient): ModelWrites {
  return {
    create: (model, call) => createModel(client, model, call),
    describe: async (name, description, call) => {
      requirePossibleModel(name)
      // Left out, MLflow wipes it as well; an empty one reads as none.
      const json = { name, description: description ?? '' }
      await inWords(client.write('PATCH', 'registered-models/update', json, call), {
        missing: noSuchModel(name),
      })
    },
    setTags: async (name, tags, call) => setTags(client, tagged(name), tags, call),
    deleteTags: async (name, keys, call) => deleteTags(client, tagged(name), keys, call),
    rename: (name, newName, call) => renameModel(client, name, newName, call),
    delete: async (name, call) => {
      requirePossibleModel(name)
      await inWords(client.write('DELETE', 'registered-models/delete', { name }, call), {
        missing: noSuchModel(name),
      })
    },
  }
}

async function createModel(
  client: MlflowClient,
  { name, description, tags }: NewModel,
  call: Call,
): Promise<void> {
  requireNewName(name)
  refusePromptTag(tags)
  const json = { name, tags, ...(description === null ? {} : { description }) }
  await inWords(client.write('POST', 'registered-models/create', json, call), {
    missing: noSuchModel(name),
    taken: nameIsTaken(name),
  })
}

async function renameModel(client: MlflowClient, name: string, newName: string, call: Call): Promise<void> {
  requirePossibleModel(name)
  requireNewName(newName)
  const json = { name, new_name: newName }
  await inWords(client.write('POST', 'registered-models/rename', json, call), {
    missing: noSuchModel(name),
    taken: nameIsTaken(newName),
  })
}

function tagged(name: string): Tagged {
  requirePossibleModel(name)
  return { path: 'registered-models', identity: { name }, missing: noSuchModel(name) }
}

function requireNewName(name: string): void {
  if (name !== '' && canTravel(name)) return
  throw new RegistryError(
    'BAD_USER_INPUT',
    "A model's name must be one character or more, without NUL and halves of surrogate pairs.",
  )
}

function nameIsTaken(name: string): string {
  return `There is already a model ${JSON.stringify(name)}.`
}
