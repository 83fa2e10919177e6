import type { Random } from '../environment/random.ts'
import type { Wish } from './call.ts'
import { aliases, copyWish, type Group, type Occupation, stages, versionWish } from './group.ts'

/** Aliases and stages of three versions, some of which go. */
const pointing: Occupation = {
  groups: 1,
  clients: 4,
  calls: 7,
  first: (group) => [versionWish(group), versionWish(group), versionWish(group)],
  next: (group, random) => {
    const { name } = group
    const alias = random.pick(aliases)
    const kind = random.pickBy({
      set: 6,
      unset: 2,
      stage: 6,
      assign: 4,
      deleteVersion: 0.5,
      make: 0.5,
      read: 3,
    })
    switch (kind) {
      case 'set':
        return setAlias(group, random, alias)
      case 'unset': {
        const expected = random.chance(0.5) ? { expected: group.likelyHolder(random) } : {}
        return { kind: 'deleteAlias', name, alias, ...expected }
      }
      case 'stage':
        return moveStage(group, random)
      case 'assign':
        return { kind: 'assignAliasToStage', name, stage: 'Production', alias: 'champion' }
      case 'deleteVersion':
        return { kind: 'deleteVersion', name, version: group.anyVersion(random) }
      case 'make':
        return versionWish(group)
      case 'read':
        return { kind: 'readModel', name }
    }
  },
}

/** An alias that goes to whoever is in production, while that changes. */
const promoting: Occupation = {
  groups: 1,
  clients: 5,
  calls: 5,
  first: (group) => [versionWish(group), versionWish(group), versionWish(group)],
  next: (group, random) => {
    const { name } = group
    const version = group.anyVersion(random)
    switch (random.pickBy({ assign: 5, promote: 5, read: 1 })) {
      case 'assign':
        return { kind: 'assignAliasToStage', name, stage: 'Production', alias: 'champion' }
      case 'promote':
        return { kind: 'transitionStage', name, version, stage: 'Production', isArchiving: true }
      case 'read':
        return { kind: 'readModel', name }
    }
  },
}

function setAlias(group: Group, random: Random, alias: string): Wish {
  const wish = { kind: 'setAlias', name: group.name, alias, version: group.anyVersion(random) } as const
  const condition = random.pickBy({ none: 3, expected: 4, unset: 2 })
  if (condition === 'unset') return { ...wish, onlyIfUnset: true }
  return condition === 'expected' ? { ...wish, expected: group.likelyHolder(random) } : wish
}

function moveStage(group: Group, random: Random): Wish {
  const [version, stage] = [group.anyVersion(random), random.pick(stages)]
  const isArchiving = stage !== 'None' && random.chance(0.7)
  const expected = random.chance(0.2) ? { expected: random.pick(stages) } : {}
  return { kind: 'transitionStage', name: group.name, version, stage, isArchiving, ...expected }
}

/** Who makes a model first, who is refused and takes it back, and who has begun to use it meanwhile. */
const founding: Occupation = {
  groups: 3,
  clients: 4,
  calls: 2,
  first: () => [],
  next: (group, random) => {
    const { names, target } = group
    const name = random.chance(0.7) ? names[0] : names[1]
    const isCopying = target.readFiles !== null && random.chance(0.3)
    const kind = random.pickBy({ make: 5, refused: 6, model: 3, text: 1, deleteModel: 0.3, read: 1 })
    switch (kind) {
      case 'make':
        return isCopying ? copyWish(group, random, false, name) : versionWish(group, false, name)
      case 'refused':
        return isCopying ? copyWish(group, random, true, name) : versionWish(group, true, name)
      case 'model':
        return { kind: 'createModel', name }
      case 'text':
        return { kind: 'setText', name, version: null, key: 'a', text: group.marker }
      case 'deleteModel':
        return { kind: 'deleteModel', name }
      case 'read':
        return { kind: 'readModel', name }
    }
  },
}

/** Texts of a model and a version, each for itself. */
const describing: Occupation = {
  groups: 1,
  clients: 4,
  calls: 6,
  first: (group) => [versionWish(group)],
  next: (group, random) => {
    if (random.chance(0.2)) return { kind: 'readModel', name: group.name }
    const version = random.chance(0.6) ? group.anyVersion(random) : null
    const text = random.chance(0.8) ? group.marker : null
    return { kind: 'setText', name: group.name, version, key: random.pick(['', 'a', 'b']), text }
  },
}

/** Models that go by one name and then by another. */
const renaming: Occupation = {
  groups: 1,
  clients: 3,
  calls: 5,
  first: (group) => [versionWish(group)],
  next: (group, random) => {
    const [from, to] = random.chance(0.5) ? group.names : group.names.toReversed()
    if (from === undefined || to === undefined) throw new Error('A group has two names.')
    const kind = random.pickBy({ rename: 5, model: 1, make: 2, deleteVersion: 1, deleteModel: 0.5, read: 3 })
    switch (kind) {
      case 'rename':
        return { kind: 'renameModel', name: from, newName: to }
      case 'model':
        return { kind: 'createModel', name: from }
      case 'make':
        return {
          ...versionWish(group),
          kind: 'createVersion',
          name: from,
          createModel: random.chance(0.5),
        } as Wish
      case 'deleteVersion':
        return { kind: 'deleteVersion', name: from, version: group.anyVersion(random) }
      case 'deleteModel':
        return { kind: 'deleteModel', name: from }
      case 'read':
        return { kind: 'readModel', name: from }
    }
  },
}

/** Copies with files, under few keys. */
const copying: Occupation = {
  groups: 1,
  clients: 3,
  calls: 3,
  first: () => [],
  next: (group, random) => {
    if (random.chance(0.15)) return { kind: 'readModel', name: group.name }
    return copyWish(group, random, random.chance(0.25))
  },
}

export const occupations = { pointing, promoting, founding, describing, renaming, copying }
