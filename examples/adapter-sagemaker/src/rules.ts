import { type NamingRules, RegistryError } from 'modelgate/adapter'

const namePattern = '^(?=.{1,63}$)[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$'
/** What AWS takes in keys and values of tags, and of metadata properties. */
const texts = '[\\p{L}\\p{Z}\\p{N}_.:/=+@\\-]'

/** Tags of a group that are aliases: the key is `alias.NAME`, the value the number of the version. */
export const aliasPrefix = 'alias.'
export const maxTagValueLength = 256
const maxDescriptionLength = 1024

/** As the API reference of SageMaker gives them; EntityName, TagKey, TagValue and CustomerMetadataKey. */
export const naming: NamingRules = {
  modelName: {
    pattern: namePattern,
    words: '1 to 63 letters of a to z, digits and "-", neither first nor last a "-"',
  },
  alias: {
    pattern: `^(?![lL][aA][tT][eE][sS][tT]$|[vV]\\d+$)${texts}{1,${128 - aliasPrefix.length}}$`,
    words: '1 to 122 letters, digits, blanks and "_.:/=+-@"; neither "latest" nor "v" and digits',
  },
  tagKey: {
    pattern: `^(?![aA][wW][sS]:|alias\\.|modelgate\\.(?:source|files)$)${texts}{1,128}$`,
    words: '1 to 128 letters, digits, blanks and "_.:/=+-@", not beginning with "aws:" or "alias."',
  },
  tagValue: null,
  tagValueMaxLength: maxTagValueLength,
  description: null,
}

const name = new RegExp(namePattern, 'u')
const text = new RegExp(`^${texts}*$`, 'u')
const version = /^[1-9]\d{0,8}$/
const description = /^[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*$/u

/** What is no name is not asked for: nothing can be there. */
export function isModelName(value: string): boolean {
  return name.test(value)
}

export function isVersion(value: string): boolean {
  return version.test(value)
}

export function isTagText(value: string): boolean {
  return text.test(value)
}

/** SageMaker's own words are a regular expression. */
export function assertDescription(value: string | null): void {
  if (value === null || (value.length <= maxDescriptionLength && description.test(value))) return
  const message = `A description in SageMaker must be up to ${maxDescriptionLength} characters, without line breaks and tabs.`
  throw new RegistryError('BAD_USER_INPUT', message)
}
