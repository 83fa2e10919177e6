import * as z from 'zod'
import { foldCase, isSameFolded } from '../../contract/index.ts'

export const noStage = 'None'
export const archivedStage = 'Archived'
/** Given by Azure itself to what is not registered yet; never set, and never left. */
export const unregisteredStage = 'Unregistered'

const stageName = z
  .string()
  .regex(/^[^\s/@:](?:[^/@:]*[^\s/@:])?$/, 'write a name without "/", "@", ":" and outer spaces')
  .refine(
    (name) => !isSameFolded(name, unregisteredStage),
    'Unregistered is a stage that only Azure gives; leave it out',
  )
const tagKey = z.string().min(1).max(100)

const exclusive = z
  .array(stageName)
  .optional()
  .describe(
    'Stages of one version at a time: who comes sends who is there to Archived, unless the request says otherwise. ' +
      'Production when left out.',
  )

const byValue = z.strictObject({
  encoding: z.literal('value').describe('One tag, whose value is the stage.'),
  tag: tagKey.default('stage').describe('The key of the tag.'),
  names: z
    .array(stageName)
    .default([noStage, 'Staging', 'Production', archivedStage])
    .describe('Every stage there is, lowest first; None and Archived are always there.'),
  exclusive,
})

const byKeys = z.strictObject({
  encoding: z
    .literal('keys')
    .describe('A tag for each stage a version has been in; the furthest one counts.'),
  keys: z
    .record(tagKey, stageName)
    .default({ none: noStage, staging: 'Staging', prod: 'Production' })
    .describe(
      'The stage that each tag stands for, lowest first. Archived is "archived" where it is left out.',
    ),
  approval: tagKey
    .nullable()
    .default('approval')
    .describe(
      'The tag that says "KEY-approved" for the stage a version was moved to; null: none is written.',
    ),
  exclusive,
})

/** The configuration of stages, made whole: the first is None, and Archived is there. */
export type StagesConfig =
  | {
      readonly encoding: 'value'
      readonly tag: string
      readonly names: readonly string[]
      readonly exclusive: readonly string[]
    }
  | {
      readonly encoding: 'keys'
      readonly keys: ReadonlyMap<string, string>
      readonly approval: string | null
      readonly names: readonly string[]
      readonly exclusive: readonly string[]
    }

export const stagesSchema = z
  .discriminatedUnion('encoding', [byValue, byKeys], { error: 'must be "value" or "keys"' })
  .prefault({ encoding: 'value' })
  .transform((given, context): StagesConfig => {
    const keys = given.encoding === 'keys' ? withArchived(given.keys) : null
    const names = given.encoding === 'keys' ? whole([...new Set(keys?.values())]) : whole(given.names)
    const problem = findProblem(names, given.exclusive ?? [], keys)
    if (problem !== null) {
      context.addIssue({ code: 'custom', message: problem })
      return z.NEVER
    }
    const holders = given.exclusive ?? names.filter((name) => name === 'Production')
    return given.encoding === 'keys' && keys !== null
      ? { encoding: 'keys', keys, approval: given.approval, names, exclusive: holders }
      : { encoding: 'value', tag: 'tag' in given ? given.tag : 'stage', names, exclusive: holders }
  })
  .describe('How the stages of versions stand in their tags.')

function whole(names: readonly string[]): string[] {
  const first = names.includes(noStage) ? names : [noStage, ...names]
  return [...first, ...(first.includes(archivedStage) ? [] : [archivedStage])]
}

function withArchived(keys: Readonly<Record<string, string>>): Map<string, string> {
  const map = new Map(Object.entries(keys))
  return [...map.values()].includes(archivedStage) ? map : new Map([...map, ['archived', archivedStage]])
}

function findProblem(
  names: readonly string[],
  exclusive: readonly string[],
  keys: ReadonlyMap<string, string> | null,
): string | null {
  if (new Set(names.map(foldCase)).size !== names.length) {
    return 'has a stage twice; they are found without regard to case'
  }
  if (keys !== null && new Set(keys.values()).size !== keys.size) return 'has two keys for one stage'
  const unknown = exclusive.find((name) => !names.includes(name))
  if (unknown !== undefined) return 'says that a stage is exclusive which is not among the stages'
  const idle = exclusive.find((name) => name === noStage || name === archivedStage)
  return idle === undefined ? null : `says that ${idle} is exclusive, which any number of versions may be in`
}
