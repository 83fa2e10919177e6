import type { NamingRule, NamingRules, RegistryDescription } from './adapter.ts'
import {
  is,
  isAbsentOr,
  isBoolean,
  isCount,
  isList,
  isNullOr,
  isOneOf,
  isText,
  type ShapeOf,
} from './shape.ts'

const isLevel = isOneOf(['NATIVE', 'EMULATED', 'NONE'])
const isOwnLevel = isOneOf(['NATIVE', 'NONE'])

export const levelShape: ShapeOf<RegistryDescription['levels']> = {
  tags: isAbsentOr(isLevel),
  aliases: isLevel,
  stages: isLevel,
  runs: isLevel,
  artifacts: isLevel,
  compareAndSet: isOwnLevel,
  idempotency: isOwnLevel,
}

const ruleShape: ShapeOf<NamingRule> = { pattern: isPattern, words: isText }
const isRule = isNullOr(is(ruleShape))

const namingShape: ShapeOf<NamingRules> = {
  modelName: isRule,
  alias: isRule,
  tagKey: isRule,
  tagValue: isRule,
  tagValueMaxLength: isNullOr(isCount),
  tagValueUnit: isAbsentOr(isOneOf(['utf16', 'codePoint', 'utf8'])),
  description: isRule,
  source: isAbsentOr(isRule),
}

export const descriptionShape: ShapeOf<RegistryDescription> = {
  serverVersion: isNullOr(isText),
  levels: is(levelShape),
  stages: isList(isText),
  integerVersions: isBoolean,
  naming: is(namingShape),
  pushedDownFilters: isList(isText),
  pushedDownOrders: isList(isText),
  notices: isList(isText),
}

function isPattern(value: unknown): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u') instanceof RegExp
  } catch {
    return false
  }
}
