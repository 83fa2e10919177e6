import { type Call, RegistryError, type TagRecord } from '../../../contract/index.ts'
import { promptTag } from '../reads/to-records.ts'
import type { MlflowClient } from '../wire/client.ts'
import { inSequence, inWords, upsert } from './write-words.ts'

/** What has tags: a model or a version. */
export interface Tagged {
  readonly path: 'registered-models' | 'model-versions'
  /** What names it in a request. */
  readonly identity: Readonly<Record<string, string>>
  readonly missing: string
}

/** One request for each, as MLflow has no other. */
export async function setTags(
  client: MlflowClient,
  { path, identity, missing }: Tagged,
  tags: readonly TagRecord[],
  call: Call,
): Promise<void> {
  refusePromptTag(tags.map(({ key }) => key))
  await inSequence(tags, ({ key, value }) => {
    const json = { ...identity, key, value }
    return inWords(
      upsert(() => client.write('POST', `${path}/set-tag`, json, call)),
      { missing },
    )
  })
}

export async function deleteTags(
  client: MlflowClient,
  { path, identity, missing }: Tagged,
  keys: readonly string[],
  call: Call,
): Promise<void> {
  refusePromptTag(keys)
  await inSequence(keys, (key) =>
    inWords(client.write('DELETE', `${path}/delete-tag`, { ...identity, key }, call), { missing }),
  )
}

/** It decides what a thing is, for MLflow's searches as for the gateway: with it no model, without it no prompt. */
export function refusePromptTag(keys: readonly string[]): void {
  if (!keys.includes(promptTag)) return
  throw new RegistryError(
    'BAD_USER_INPUT',
    `The tag "${promptTag}" is how MLflow tells prompts from models: it can neither be set nor deleted.`,
  )
}
