import {
  type NamingRule,
  RegistryError,
  type TagRecord,
  tagLevelOf,
  textLength,
} from '../../contract/index.ts'
import { InputError } from '../errors/input-error.ts'
import { RegistryFailure } from '../errors/registry-failure.ts'
import { isReservedTag } from '../records/origin-tags.ts'
import { runBriefly } from './run-briefly.ts'
import { unsupported, type WritableRegistry } from './writable.ts'

const ruleTimeoutMs = 100

/**
 * Everything that a client names is checked against the registry's rules before anything is written, so that a write
 * of several steps is not refused in the middle. All throw an InputError that names `field`.
 */
export function assertModelName(registry: WritableRegistry, name: string, field: string): void {
  const { modelName } = registry.description.naming
  briefly(registry, 'model names', () => assertRule(registry, modelName, name, { what: 'model name', field }))
}

export function assertAlias(registry: WritableRegistry, alias: string): void {
  if (/^(latest|v\p{Nd}+)$/iu.test(alias)) {
    throw new InputError(
      'alias',
      `${quote(alias)} cannot be an alias in any registry: "latest", and "v" with digits, mean something else in URIs.`,
    )
  }
  const rule = registry.description.naming.alias
  briefly(registry, 'aliases', () => assertRule(registry, rule, alias, { what: 'alias', field: 'alias' }))
}

export function assertTags(registry: WritableRegistry, tags: readonly TagRecord[], field = 'tags'): void {
  const { session, description } = registry
  if (tags.length > 0 && tagLevelOf(registry, description) === 'NONE')
    throw unsupported(session, 'keeps no tags')
  briefly(registry, 'tags', () => assertEveryTag(registry, tags, field))
}

function assertEveryTag(registry: WritableRegistry, tags: readonly TagRecord[], field: string): void {
  const { tagValue, tagValueMaxLength: longest, tagValueUnit: unit } = registry.description.naming
  const keys = new Set<string>()
  for (const { key, value } of tags) {
    assertTagKey(registry, key, field)
    if (keys.has(key)) throw new InputError(field, `The tag ${quote(key)} stands there twice.`)
    keys.add(key)
    assertText(value, `The value of the tag ${quote(key)}`, field)
    assertRule(registry, tagValue, value, { what: `value of the tag ${quote(key)}`, field })
    const length = textLength(value, unit)
    if (longest !== null && length > longest) {
      throw new InputError(
        field,
        `The value of the tag ${quote(key)} has ${length} ${unit === 'utf8' ? 'bytes' : 'characters'}; "${registry.session.name}" takes ${longest} at most.`,
      )
    }
  }
}

export function assertDescription(registry: WritableRegistry, text: string, field = 'description'): void {
  assertText(text, 'The description', field)
  if (text === '') return
  const { description } = registry.description.naming
  briefly(registry, 'descriptions', () =>
    assertRule(registry, description, text, { what: 'description', field }),
  )
}

/** Of a version that is to be made, as its registry is going to be given it. */
export function assertSource(registry: WritableRegistry, source: string): void {
  const { source: rule = null } = registry.description.naming
  briefly(registry, 'sources', () => assertRule(registry, rule, source, { what: 'source', field: 'source' }))
}

/** Whether the registry can hold a tag of the gateway's own. */
export function takesTag(registry: WritableRegistry, { key, value }: TagRecord): boolean {
  if (registry.writes.versions.keepsNotes) return true
  const { tagKey, tagValue } = registry.description.naming
  return briefly(registry, 'tags', () => isLegal(tagKey, key) && isLegal(tagValue, value))
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

/** A pattern that backtracks without end on some text would let any client stop the gateway. */
function briefly<T>({ session: { name, link } }: WritableRegistry, what: string, work: () => T): T {
  const late = () => {
    const { adapter } = link.settings
    const message = `The adapter ${adapter} of "${name}" has a rule for ${what} that takes more than ${ruleTimeoutMs} ms to check.`
    return new RegistryFailure(name, new RegistryError('REGISTRY_ERROR', message, { nothingWritten: true }))
  }
  return runBriefly(ruleTimeoutMs, work, late)
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
