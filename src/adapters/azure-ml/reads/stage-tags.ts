import { isSameFolded } from '../../../contract/index.ts'
import { archivedStage, noStage, type StagesConfig, unregisteredStage } from '../stages-config.ts'
import type { Tags } from '../wire/wire.ts'

/** How the stage of a version stands in its tags. */
export interface StageTags {
  /** Every stage a version can be moved to, lowest first. */
  readonly names: readonly string[]
  /** Those that hold one version at a time. */
  readonly exclusive: readonly string[]
  /** Whether a tag carries the stage, and so is none of the user's. */
  isOwn(key: string): boolean
  /** @param property what stands in the field `stage` of newer api-versions; tags come before it. */
  read(tags: Tags, property: string | null): string
  /** The same tags, with this stage and no other. */
  write(tags: Tags, stage: string): Tags
}

export function createStageTags(config: StagesConfig): StageTags {
  return config.encoding === 'value' ? byValue(config) : byKeys(config)
}

function byValue({ tag, names, exclusive }: Extract<StagesConfig, { encoding: 'value' }>): StageTags {
  return {
    names,
    exclusive,
    isOwn: (key) => key === tag,
    read: (tags, property) => readStage(names, valueIn(tags, tag) || null, property),
    write: (tags, stage) => ({ ...tags, [tag]: stage }),
  }
}

const unregisteredKey = 'unregistered'

/** A version keeps the keys of the stages it came through; going back takes away those it went back over. */
function byKeys(config: Extract<StagesConfig, { encoding: 'keys' }>): StageTags {
  const { keys, approval, names, exclusive } = config
  const ladder = [...keys.keys()]
  const isOwn = (key: string) => keys.has(key) || key === approval || key === unregisteredKey
  return {
    names,
    exclusive,
    isOwn,
    read(tags, property) {
      const furthest = ladder.findLast((key) => Object.hasOwn(tags, key))
      const unregistered = Object.hasOwn(tags, unregisteredKey) ? unregisteredStage : null
      return readStage(names, furthest === undefined ? unregistered : (keys.get(furthest) ?? null), property)
    },
    write(tags, stage) {
      const rank = ladder.findIndex((key) => keys.get(key) === stage)
      const passed = ladder.slice(0, Math.max(rank, 0))
      const isKept = (key: string) =>
        !isOwn(key) || passed.includes(key) || (key === approval && stage === archivedStage)
      const kept = Object.fromEntries(Object.entries(tags).filter(([key]) => isKept(key)))
      const key = ladder[rank]
      const approved = approval !== null && stage !== noStage && stage !== archivedStage
      return {
        ...kept,
        ...(key === undefined ? {} : { [key]: valueIn(tags, key) ?? '' }),
        ...(approved ? { [approval]: `${key}-approved` } : {}),
      }
    },
  }
}

/** What only Azure gives comes first: it cannot be tagged away. A stage that is not configured is shown as it is. */
function readStage(names: readonly string[], tagged: string | null, property: string | null): string {
  const spell = (text: string) =>
    [...names, unregisteredStage].find((name) => isSameFolded(name, text)) ?? text
  if (property !== null && spell(property) === unregisteredStage) return unregisteredStage
  return spell(tagged ?? property ?? noStage)
}

function valueIn(tags: Tags, key: string): string | null {
  return Object.hasOwn(tags, key) ? (tags[key] ?? null) : null
}
