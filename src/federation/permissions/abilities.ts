import type { Missing } from '../errors/forbidden-error.ts'
import type { Operation } from '../records/command.ts'
import type { PermissionLevel } from '../records/permission.ts'

/** What an ability takes: a level on the model, or something else of who asks. */
export type Takes = PermissionLevel | 'ANYBODY' | 'SIGNED_IN' | 'ADMINISTRATOR'

/** What people can do, in their words, and what it takes. The table of docs/security.md is made from this. */
export const abilities = {
  askWho: { words: 'see who one is', takes: 'ANYBODY' },
  lookAround: { words: 'see which registries and environments there are', takes: 'SIGNED_IN' },
  make: { words: 'make a model', takes: 'SIGNED_IN' },
  see: { words: 'see a model, its versions, and where their files are', takes: 'READ' },
  copyFrom: { words: 'copy a version from a model', takes: 'READ' },
  addVersion: { words: 'add a version', takes: 'EDIT' },
  describe: { words: 'change descriptions', takes: 'EDIT' },
  tag: { words: 'change tags', takes: 'EDIT' },
  rename: { words: 'rename a model', takes: 'MANAGE' },
  remove: { words: 'delete models and versions', takes: 'MANAGE' },
  transition: { words: 'move versions between stages', takes: 'MANAGE' },
  setAliases: { words: 'set and delete aliases', takes: 'MANAGE' },
  grant: { words: 'see and change permissions on a model', takes: 'MANAGE' },
  grantByPattern: { words: 'change permissions by pattern or in all registries', takes: 'ADMINISTRATOR' },
} as const satisfies Readonly<Record<string, { readonly words: string; readonly takes: Takes }>>

export type Ability = keyof typeof abilities

/**
 * Of each write what it takes on the model that it writes to. A model that is not there yet is made by anybody who is
 * signed in, also by a write that adds a version to it.
 */
export const abilityOf = {
  createModel: 'make',
  updateModel: 'describe',
  renameModel: 'rename',
  deleteModel: 'remove',
  setModelTags: 'tag',
  deleteModelTags: 'tag',
  createModelVersion: 'addVersion',
  updateModelVersion: 'describe',
  deleteModelVersion: 'remove',
  setModelVersionTags: 'tag',
  deleteModelVersionTags: 'tag',
  setAlias: 'setAliases',
  deleteAlias: 'setAliases',
  assignAliasToStage: 'setAliases',
  transitionStage: 'transition',
  copyModelVersion: 'addVersion',
  setPermission: 'grant',
  removePermission: 'grant',
} as const satisfies Readonly<Record<Operation, Ability>>

export function toMissing(ability: Ability): Missing {
  const { words, takes } = abilities[ability]
  return { ability: words, takes }
}
