import { isOfRegistry } from '../federation/session/model-rules.ts'
import { suggestName } from './closest-name.ts'
import { explainPattern, formsOf, type PatternForm } from './logical-pattern.ts'
import type { Path } from './path.ts'
import { isText, type Mapping, type Report } from './written-values.ts'

interface Around {
  readonly registries: readonly Mapping[]
  readonly environments: readonly string[]
}

interface WrittenRule {
  readonly index: number
  readonly registries: readonly string[]
  /** What matches it, of names; null: it goes by a tag. */
  readonly forms: readonly PatternForm[] | null
  readonly tag: string | null
}

/** What is wrong with the rules of `logicalModels`, one by one and among each other. */
export function checkModelRules(rules: readonly Mapping[], around: Around, report: Report): void {
  const earlier: WrittenRule[] = []
  for (const [index, rule] of rules.entries()) {
    if (!checkRule(rule, index, around, report)) continue
    const written = toWritten(rule, index, around)
    const before = findCover(written, earlier)
    if (before !== null) {
      report(
        ['logicalModels', index],
        `never decides, as logicalModels[${before}] comes first and matches every model that this one does; put it before that one, or remove it`,
      )
    }
    earlier.push(written)
  }
}

/** Answers whether the rule can be compared with others. */
function checkRule({ registry, name, tag }: Mapping, index: number, around: Around, report: Report): boolean {
  const place = ['logicalModels', index]
  if (name === undefined && tag === undefined) {
    report(
      place,
      'says nothing of models; write name: "{name}", or tag: KEY where the value of a tag is the name',
    )
  } else if (name !== undefined && tag !== undefined) {
    report(
      [...place, 'tag'],
      'cannot stand beside `name`; write two rules, of which the first that matches decides',
    )
  }
  const own = isText(registry) ? checkRegistries(registry, place, around, report) : []
  const wrong = isText(name) ? explainPattern(name) : null
  if (wrong !== null) report([...place, 'name'], wrong)
  const isWhole = own.length > 0 && isText(name) !== isText(tag) && wrong === null
  // By name for all registries is how rules end, also before there is one that needs it.
  if (registry === '*' && tag === undefined) return isWhole
  return isWhole && checkEnvironments(own, place, { name, tag }, report)
}

/** Those that it is for. */
function checkRegistries(pattern: string, place: Path, { registries }: Around, report: Report): Mapping[] {
  const names = registries.map((registry) => registry.name).filter(isText)
  const own = registries.filter((each) => isText(each.name) && isOfRegistry(pattern, each.name))
  if (own.length === 0 && pattern !== '*') {
    const what = pattern.includes('*') ? 'no registry has such a name' : 'there is no such registry'
    report([...place, 'registry'], `${what}; ${suggestName(pattern, [...names, '*'])}`)
  }
  return own
}

function checkEnvironments(
  own: readonly Mapping[],
  place: Path,
  { name, tag }: Pick<Mapping, 'name' | 'tag'>,
  report: Report,
): boolean {
  const isNaming = isText(name) && name.includes('{environment}')
  if (isNaming || own.some(({ environment }) => environment !== undefined)) return true
  const advice =
    tag === undefined
      ? 'write {environment} into the pattern, or give the registry an environment'
      : 'give the registry an environment, as a tag says the name alone'
  report(place, `cannot match, as no registry that it is for has an environment; ${advice}`)
  return false
}

function toWritten(
  { registry, name, tag }: Mapping,
  index: number,
  { registries, environments }: Around,
): WrittenRule {
  const own = registries.filter(
    ({ name: each, environment }) =>
      isText(each) &&
      isOfRegistry(String(registry), each) &&
      (tag === undefined || environment !== undefined),
  )
  return {
    index,
    registries: own.map(({ name: each }) => String(each)),
    forms: isText(name) ? formsOf(name, environments) : null,
    tag: isText(tag) ? tag : null,
  }
}

/** The last of the rules before by which nothing is left for this one. */
function findCover(rule: WrittenRule, earlier: readonly WrittenRule[]): number | null {
  const covers = rule.registries.map((registry) =>
    coverIn(
      rule,
      earlier.filter(({ registries }) => registries.includes(registry)),
    ),
  )
  if (covers.length === 0 || covers.includes(null)) return null
  return Math.max(...covers.map(Number))
}

function coverIn({ forms, tag }: WrittenRule, earlier: readonly WrittenRule[]): number | null {
  const needed = forms ?? [{ before: '', after: '' }]
  const byTag = tag === null ? undefined : earlier.find((each) => each.tag === tag)
  if (byTag) return byTag.index
  const found = needed.map((form) => earlier.find((each) => each.forms?.some((wide) => isWithin(form, wide))))
  return found.every((each) => each !== undefined) ? Math.max(...found.map((each) => each?.index ?? 0)) : null
}

/** Whether every name of the one form is one of the other. */
function isWithin(narrow: PatternForm, wide: PatternForm): boolean {
  return narrow.before.startsWith(wide.before) && narrow.after.endsWith(wide.after)
}
