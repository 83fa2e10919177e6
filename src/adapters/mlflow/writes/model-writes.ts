import {
  beforeFirstWrite,
  type Call,
  type ModelWrites,
  type NewModel,
  RegistryError,
} from '../../../contract/index.ts'
import { requireModel } from '../reads/require-readable.ts'
import { isPrompt } from '../reads/to-records.ts'
import type { MlflowRegistry } from '../registry.ts'
import { canTravel } from '../wire/grammar.ts'
import { orNull } from '../wire/or-null.ts'
import { readObject } from '../wire/wire.ts'
import { deleteTags, refusePromptTag, setTags, type Tagged } from './tag-writes.ts'
import { inWords, noSuchModel } from './write-words.ts'

export function modelWrites(server: MlflowRegistry): ModelWrites {
  const { client } = server
  const tagged = async (name: string, call: Call): Promise<Tagged> => {
    await requireModel(server, name, call)
    return { path: 'registered-models', identity: { name }, missing: noSuchModel(name) }
  }
  return {
    create: (model, call) => createModel(server, model, call),
    describe: async (name, description, call) => {
      await requireModel(server, name, call)
      // Left out, MLflow wipes it as well; an empty one reads as none.
      const json = { name, description: description ?? '' }
      await inWords(client.write('PATCH', 'registered-models/update', json, call), {
        missing: noSuchModel(name),
      })
    },
    setTags: async (name, tags, call) => setTags(client, await tagged(name, call), tags, call),
    deleteTags: async (name, keys, call) => deleteTags(client, await tagged(name, call), keys, call),
    rename: (name, newName, call) => renameModel(server, name, newName, call),
    delete: async (name, call) => {
      await requireModel(server, name, call)
      await inWords(client.write('DELETE', 'registered-models/delete', { name }, call), {
        missing: noSuchModel(name),
      })
    },
  }
}

async function createModel(
  server: MlflowRegistry,
  { name, description, tags }: NewModel,
  call: Call,
): Promise<void> {
  requireNewName(name)
  refusePromptTag(tags.map(({ key }) => key))
  const json = { name, tags, ...(description === null ? {} : { description }) }
  await sayingWhatIsInTheWay(server, name, call, () =>
    inWords(server.client.write('POST', 'registered-models/create', json, call), {
      missing: noSuchModel(name),
    }),
  )
}

async function renameModel(server: MlflowRegistry, name: string, newName: string, call: Call): Promise<void> {
  requireNewName(newName)
  await requireModel(server, name, call)
  const json = { name, new_name: newName }
  await sayingWhatIsInTheWay(server, newName, call, () =>
    inWords(server.client.write('POST', 'registered-models/rename', json, call), {
      missing: noSuchModel(name),
    }),
  )
}

/** Of a name that is taken: no read shows the prompt that may have it. */
async function sayingWhatIsInTheWay(
  { client }: MlflowRegistry,
  name: string,
  call: Call,
  write: () => Promise<unknown>,
): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!RegistryError.is(error) || error.code !== 'ALREADY_EXISTS') throw error
    const wire = await beforeFirstWrite(orNull(client.get('registered-models/get', { name }, call), true))
    const holder = wire === null ? null : readObject(wire, 'registered_model')
    const words =
      holder !== null && isPrompt(holder)
        ? `MLflow has a prompt ${JSON.stringify(name)}, and keeps prompts and models under the same names: take another name.`
        : `There is already a model ${JSON.stringify(name)}.`
    throw new RegistryError('ALREADY_EXISTS', words, { cause: error })
  }
}

function requireNewName(name: string): void {
  if (name !== '' && canTravel(name)) return
  throw new RegistryError(
    'BAD_USER_INPUT',
    "A model's name must be one character or more, without NUL and halves of surrogate pairs.",
  )
}
