import type { Call, NamingRules, RegistryDescription } from '../../contract/index.ts'
import { pushedDownFilters } from './reads/filter.ts'
import type { MlflowRegistry } from './registry.ts'
import type { ServerProfile } from './wire/server-profile.ts'

const stages = ['None', 'Staging', 'Production', 'Archived']

export async function describeRegistry(server: MlflowRegistry, call: Call): Promise<RegistryDescription> {
  const profile = await server.profile(call)
  const nameSafe = await server.nameOrder.isCodePoint('models', call)
  return {
    serverVersion: profile.version,
    levels: {
      aliases: profile.aliases ? 'NATIVE' : 'NONE',
      stages: 'NATIVE',
      runs: 'NATIVE',
      artifacts: 'NATIVE',
      compareAndSet: 'NONE',
      idempotency: 'NONE',
    },
    stages,
    integerVersions: true,
    naming: namingRules(profile),
    pushedDownFilters: pushedDownFilters(profile),
    pushedDownOrders: ['name', 'model', 'version', 'createdAt (versions)', 'updatedAt'],
    notices: notices(profile, nameSafe),
  }
}

/** Python's blanks are JavaScript's, and some more, and one less. */
const visible = '(?:[^\\s\\x1c-\\x1f\\x85]|\\ufeff)'
const word = '\\p{L}\\p{N}_'
/** Neither `.` nor `..`. */
const tagKeyPart = `(?!\\.{1,2}(?:/|$))[${word}\\-. :]+`

function namingRules({ release }: ServerProfile): NamingRules {
  return {
    modelName:
      release !== null && release >= 3011
        ? {
            pattern: `^(?!\\.$|\\.\\.)(?=[^]*${visible})[^/:\\0\\p{Cs}]+$`,
            words:
              'one character or more, not blank, not "." and nothing that begins with "..", without "/" and ":"',
          }
        : { pattern: '^[^\\0\\p{Cs}]+$', words: 'one character or more' },
    alias: {
      pattern: `^(?![lL][aA][tT][eE][sS][tT]$)(?![vV]\\p{Nd}+$)[${word}-]{1,255}$`,
      words: '1 to 255 letters, digits, "_" and "-"; neither "latest" nor "v" and digits',
    },
    tagKey: {
      pattern: `^(?=[^]{1,250}$)(?!\\.\\.)${tagKeyPart}(?:/${tagKeyPart})*$`,
      words:
        '1 to 250 letters, digits, spaces and "_-.:/", as a path that is not absolute and has no empty part, no "." and no ".." in it',
    },
    tagValue: null,
    tagValueUnit: 'codePoint',
    tagValueMaxLength: release !== null && release >= 3000 ? 100_000 : 5000,
    description: null,
  }
}

function notices(profile: ServerProfile, nameSafe: boolean): string[] {
  return [
    ...(profile.version === null
      ? [
          'The server does not say its version at /version: it is read in ways that every version knows, which cost more requests.',
        ]
      : []),
    ...(profile.aliases ? [] : ['This MLflow has no aliases; they came with 2.3.']),
    ...(nameSafe
      ? []
      : [
          "The server's database sorts names by a locale: the gateway reads all names once and keeps them, and pages of " +
            'lists by name cost two requests more. A database with the collation C, and nameOrder: codePoint, saves that.',
        ]),
  ]
}
