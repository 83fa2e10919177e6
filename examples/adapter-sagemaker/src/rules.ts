import { ModelApprovalStatus } from '@aws-sdk/client-sagemaker'
import type { NamingRules } from 'modelgate/adapter'

/** In the order of a version's life. */
export const stages: readonly ModelApprovalStatus[] = [
  ModelApprovalStatus.PENDING_MANUAL_APPROVAL,
  ModelApprovalStatus.APPROVED,
  ModelApprovalStatus.REJECTED,
]

/** Tags of a group that are aliases: the key is `alias.NAME`, the value the number of the version. */
export const aliasPrefix = 'alias.'

const namePattern = '^(?=.{1,63}$)[a-zA-Z0-9](?:-*[a-zA-Z0-9])*$'
/** What AWS takes in keys and values of tags, and of metadata properties. */
const texts = '[\\p{L}\\p{Z}\\p{N}_.:/=+@\\-]'

/** As the API reference of SageMaker gives them: EntityName, EntityDescription, TagKey and CustomerMetadataKey. */
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
  // Every text, as far as it fits: see tag-values.ts.
  tagValue: null,
  tagValueMaxLength: 256,
  description: {
    pattern: '^[\\p{L}\\p{M}\\p{Z}\\p{S}\\p{N}\\p{P}]{0,1024}$',
    words: 'up to 1,024 characters, without line breaks and tabs',
  },
}

const name = new RegExp(namePattern, 'u')
const plainValue = new RegExp(`^${texts}{1,256}$`, 'u')

export function isModelName(text: string): boolean {
  return name.test(text)
}

export function isPlainValue(text: string): boolean {
  return plainValue.test(text)
}
