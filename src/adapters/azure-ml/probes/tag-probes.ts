import { type Call, type Probe, RegistryError } from '../../../contract/index.ts'
import type { Asset } from '../reads/asset.ts'
import type { Tags, Wire } from '../wire/wire.ts'
import type { OwnModel } from './own-model.ts'
import { orRefusal } from './refusal.ts'

export function tagProbes(own: OwnModel): readonly Probe[] {
  return [
    { title: 'leave a tag out of a PUT', writes: true, run: (call) => leaveTagOut(own, call) },
    { title: 'write tags as long as they may be', writes: true, run: (call) => writeLongTags(own, call) },
  ]
}

async function leaveTagOut(own: OwnModel, call: Call): Promise<string> {
  const ofModel = (tags: Tags) => own.putModel({ tags }, call)
  await assertReplaced('models', ofModel)
  const version = await own.version(call)
  if (RegistryError.is(version))
    return `it is gone from a model; not tried on a version: Azure takes none (${version.message})`
  await assertReplaced('versions', (tags) =>
    own.put(own.versionPath(version.name), { ...filesOf(version), tags }, call),
  )
  return 'it is gone, from a model and from a version: tags are replaced as a whole'
}

async function assertReplaced(what: string, put: (tags: Tags) => Promise<Asset>): Promise<void> {
  await put({ kept: '1', left: '2' })
  const { tags } = await put({ kept: '1' })
  if (tags.kept === '1' && !Object.hasOwn(tags, 'left')) return
  throw new RegistryError(
    'UNSUPPORTED',
    `Azure merges the tags of ${what}: the adapter cannot take away tags, aliases and stages there.`,
  )
}

/** What says where the files are and what they are; a PUT without it is none of a version. */
export function filesOf({ properties }: Asset): Wire {
  const { modelType, modelUri } = properties
  return { modelType, modelUri }
}

const longestKey = 100
const longestValue = 1000
const longestAlias = 'alias.'.length + 255

async function writeLongTags(own: OwnModel, call: Call): Promise<string> {
  const write = async (key: string, value: string) => {
    const written = await orRefusal(own.putModel({ tags: { [key]: value } }, call))
    if (RegistryError.is(written)) return `refused (${written.message})`
    return written.tags[key] === value ? 'taken' : 'taken and changed'
  }
  const promised = await write('k'.repeat(longestKey), 'v'.repeat(longestValue))
  if (promised !== 'taken') {
    throw new RegistryError(
      'UNSUPPORTED',
      `A key of ${longestKey} characters with a value of ${longestValue}, which the adapter takes, is ${promised}.`,
    )
  }
  const beyond = [
    [`a key of ${longestKey + 1}`, await write('k'.repeat(longestKey + 1), 'v')],
    [`a value of ${longestValue + 1}`, await write('k', 'v'.repeat(longestValue + 1))],
    [`the key of an alias of 255, which has ${longestAlias}`, await write(`alias.${'a'.repeat(255)}`, '1')],
  ]
  const words = beyond.map(([what, outcome]) => `${what}: ${outcome}`).join('; ')
  return `a key of ${longestKey} characters with a value of ${longestValue}: taken; ${words}`
}
