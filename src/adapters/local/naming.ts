import { type NamingRules, RegistryError, textLength } from '../../contract/index.ts'
import { isStorableText } from '../../state/storable-text.ts'

/** MLflow's rules of 3.17, so that whatever is kept here can be copied there. */
export const namingRules = {
  modelName: {
    pattern: '^(?!\\s*$)(?!\\.{1,2}$)[^/:\\0\\p{Cs}]{1,256}$',
    words: '1 to 256 characters, not blank, not "." or "..", without "/" and ":"',
  },
  alias: {
    pattern: '^(?![lL][aA][tT][eE][sS][tT]$)(?![vV]\\p{Nd}+$)[\\p{L}\\p{N}_\\-]{1,255}$',
    words: '1 to 255 letters, digits, "_" and "-"; neither "latest" nor "v" and digits',
  },
  tagKey: {
    pattern: '^(?!/)(?!.*//)(?!(?:.*/)?\\.{1,2}(?:/|$))[\\p{L}\\p{N}_\\-. :/]{1,250}(?<!/)$',
    words:
      '1 to 250 letters, digits, spaces and "_-.:/", and between slashes neither nothing nor "." or ".."',
  },
  tagValue: null,
  tagValueMaxLength: 100_000,
  tagValueUnit: 'codePoint',
  description: null,
} as const satisfies NamingRules

const patterns = {
  modelName: new RegExp(namingRules.modelName.pattern, 'u'),
  alias: new RegExp(namingRules.alias.pattern, 'u'),
  tagKey: new RegExp(namingRules.tagKey.pattern, 'u'),
}

export function requireModelName(name: string): void {
  requireLegal('modelName', name, 'The model name')
}

export function requireAlias(name: string): void {
  requireLegal('alias', name, 'The alias')
}

export function requireTag(key: string, value: string): void {
  requireTagKey(key)
  requireText(value, `The value of the tag ${quote(key)}`)
  if (textLength(value, namingRules.tagValueUnit) > namingRules.tagValueMaxLength) {
    refuse(`The value of the tag ${quote(key)} is longer than ${namingRules.tagValueMaxLength} characters.`)
  }
}

function requireTagKey(key: string): void {
  requireLegal('tagKey', key, 'The tag key')
}

function requireLegal(rule: keyof typeof patterns, text: string, what: string): void {
  if (!patterns[rule].test(text)) refuse(`${what} ${quote(text)} is not allowed: ${namingRules[rule].words}.`)
}

/** Keys of params and metrics, ids of runs: whatever has no grammar of its own. */
export function requireKey(key: string, what: string): void {
  if (key === '' || key.length > 256) refuse(`${what} must have 1 to 256 characters.`)
  requireText(key, what)
}

export function requireText(text: string, what: string): void {
  if (!isStorableText(text)) refuse(`${what} holds a NUL or half of a surrogate pair, which cannot be kept.`)
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}

function refuse(message: string): never {
  throw new RegistryError('BAD_USER_INPUT', message)
}
