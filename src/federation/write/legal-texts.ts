import type { NamingRule, TagRecord } from '../../contract/index.ts'
import { InputError } from '../input-error.ts'
import { isReservedTag } from '../registry/origin-tags.ts'
import type { WritableRegistry } from './writable.ts'

/**
 * Everything that a client names is checked against the registry's rules before anything is written, so that a write
 * of several steps is not refused in the middle. All throw an InputError that names `field`.
 */
export function assertModelName(registry: WritableRegistry, name: string, field: string): void {
  assertRule(registry, registry.description.naming.modelName, name, { what: 'model name', field })
}

export function assertAlias(registry: WritableRegistry, alias: string): void {
  if (/^(latest|v\p{Nd}+)$/iu.test(alias)) {
    throw new InputError(
      'alias',
      `${quote(alias)} cannot be an alias in any registry: "latest", and "v" with digits, mean something else in URIs.`,
    )
  }
  assertRule(registry, registry.description.naming.alias, alias, { what: 'alias', field: 'alias' })
}

export function assertTags(registry: WritableRegistry, tags: readonly TagRecord[], field = 'tags'): void {
  const { tagValue, tagValueMaxLength: longest } = registry.description.naming
  const keys = new Set<string>()
  for (const { key, value } of tags) {
    assertTagKey(registry, key, field)
    if (keys.has(key)) throw new InputError(field, `The tag ${quote(key)} stands there twice.`)
    keys.add(key)
    assertText(value, `The value of the tag ${quote(key)}`, field)
    assertRule(registry, tagValue, value, { what: `value of the tag ${quote(key)}`, field })
    if (longest !== null && value.length > longest) {
      throw new InputError(
        field,
        `The value of the tag ${quote(key)} has ${value.length} characters; "${registry.session.name}" takes ${longest} at most.`,
      )
    }
  }
}

export function assertDescription(registry: WritableRegistry, text: string, field = 'description'): void {
  assertText(text, 'The description', field)
  if (text !== '')
    assertRule(registry, registry.description.naming.description, text, { what: 'description', field })
}

/** Whether the registry can hold a tag of the gateway's own. */
export function takesTag({ description: { naming } }: WritableRegistry, { key, value }: TagRecord): boolean {
  return isLegal(naming.tagKey, key) && isLegal(naming.tagValue, value)
}

function assertTagKey(registry: WritableRegistry, key: string, field: string): void {
  assertUnreserved(key, field)
  assertRule(registry, registry.description.naming.tagKey, key, { what: 'tag key', field })
}

/** Nothing is refused for being absent: what the registry cannot hold is not there to be deleted. */
export function assertUnreserved(key: string, field: string): void {
  if (!isReservedTag(key)) return
  throw new InputError(
    field,
    `The tag ${quote(key)} is kept by the gateway itself: it says where a copy is from.`,
  )
}

/** Half a surrogate pair has no UTF-8, and databases keep no NUL. */
export function assertText(text: string, what: string, field: string): void {
  if (text.isWellFormed() && !text.includes('\0')) return
  throw new InputError(field, `${what} holds a NUL or half of a surrogate pair, which no registry can keep.`)
}

function assertRule(
  { session }: WritableRegistry,
  rule: NamingRule | null,
  text: string,
  { what, field }: { readonly what: string; readonly field: string },
): void {
  assertText(text, `The ${what}`, field)
  if (rule === null || isLegal(rule, text)) return
  throw new InputError(
    field,
    `${quote(text)} is no ${what} that "${session.name}" takes: it must be ${rule.words}.`,
  )
}

function isLegal(rule: NamingRule | null, text: string): boolean {
  return rule === null || new RegExp(rule.pattern, 'u').test(text)
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
