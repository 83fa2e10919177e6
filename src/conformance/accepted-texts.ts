import { type NamingRule, type TagRecord, tagLevelOf, textLength } from '../contract/index.ts'
import { type CheckContext, NotApplicable } from './check.ts'
import { quote } from './expectations.ts'
import { oddDescriptions } from './odd-texts.ts'

/** What the registry holds it has taken; its rules have the last word. */
function accepts(rule: NamingRule | null, text: string): boolean {
  return rule === null || new RegExp(rule.pattern, 'u').test(text)
}

/** All of them, or some from everywhere in the list. */
export function sample<T>({ effort }: CheckContext, items: readonly T[], few: number): T[] {
  const step = effort === 'full' ? 1 : Math.max(1, items.length / few)
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}

/** What odd names have after the prefix. */
export function acceptedNames({ truth, description: { naming } }: CheckContext): string[] {
  return truth.models
    .map(({ name }) => name.slice(truth.prefix.length))
    .filter((name) => accepts(naming.modelName, `${truth.prefix}w-${name}`))
}

export function acceptedAliases({ truth, description: { naming } }: CheckContext): string[] {
  const names = truth.models.flatMap(({ aliases }) => aliases.map(({ name }) => name))
  return [...new Set(names)].filter((name) => accepts(naming.alias, name))
}

/** The oddest that the registry takes. */
export function acceptedDescription({ description: { naming } }: CheckContext): string {
  return oddDescriptions.find((text) => accepts(naming.description, text)) ?? 'New.'
}

/** Each key once. Without NUL, which one database behind a backend takes and another does not. */
export function acceptedTags(context: CheckContext): TagRecord[] {
  const stored = context.truth.models.flatMap((model) => model.tags)
  const legal = legalTags(context, stored).filter(({ value }) => !value.includes('\u0000'))
  return [...new Map(legal.map((tag) => [tag.key, tag])).values()]
}

/** Those that the registry takes, for what is only decorated with them; none where it keeps no tags. */
export function legalTags({ adapter, description }: CheckContext, tags: readonly TagRecord[]): TagRecord[] {
  const { naming } = description
  if (tagLevelOf(adapter, description) === 'NONE') return []
  const longest = naming.tagValueMaxLength ?? Number.POSITIVE_INFINITY
  return tags.filter(
    ({ key, value }) =>
      accepts(naming.tagKey, key) &&
      accepts(naming.tagValue, value) &&
      textLength(value, naming.tagValueUnit) <= longest,
  )
}

/** For checks that are about these tags: they end where the registry's rules take one of them not. */
export function needTags(context: CheckContext, tags: readonly TagRecord[]): readonly TagRecord[] {
  const legal = new Set(legalTags(context, tags))
  const refused = tags.find((tag) => !legal.has(tag))
  if (refused === undefined) return tags
  throw new NotApplicable(`the registry takes no tag ${quote([refused.key, refused.value])}`)
}
