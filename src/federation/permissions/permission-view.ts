import type { NameFilter } from '../../stores/name-filter.ts'
import { type Grant, highest, lowest, type PermissionLevel, reaches } from '../records/permission.ts'
import { type ModelPattern, parseModelPattern, testsOf } from './model-pattern.ts'
import { mostNames, type NameSet, toNameFilter, withNames, without, withPatterns } from './visible-names.ts'

/** Whose grants count. */
export interface Principals {
  readonly principal: string
  readonly groups: readonly string[]
}

export interface LevelRules extends Principals {
  /** Where no grant matches. */
  readonly otherwise: PermissionLevel
  /** Whatever is granted, it is no more than that. */
  readonly atMost: PermissionLevel
}

/** A grant that concerns the caller, by its own name or that of one of its groups. */
interface OwnGrant {
  readonly grant: Grant
  readonly pattern: ModelPattern
  readonly isOwn: boolean
}

/** Grants of which none goes before another. */
type Equals = readonly OwnGrant[]

interface RegistryView {
  readonly names: ReadonlyMap<string, PermissionLevel>
  /** The first of which one matches decides. */
  readonly patterns: readonly Equals[]
}

/**
 * What one caller may do, of all the grants there are. The exact model goes before patterns, longer patterns before
 * shorter, a named registry before `*`, the caller's own before its groups'; among equals of groups the highest counts,
 * among equal patterns of one principal the lowest.
 */
export class PermissionView {
  readonly #grants: readonly OwnGrant[]
  readonly #rules: LevelRules
  readonly #registries = new Map<string, RegistryView>()
  readonly #filters = new Map<string, NameFilter | null>()
  /** Whether no name in any registry can be hidden from the caller. */
  readonly seesAll: boolean

  constructor(grants: readonly Grant[], rules: LevelRules) {
    const mine = new Set([rules.principal, ...rules.groups])
    this.#rules = rules
    this.#grants = grants
      .filter(({ principal }) => mine.has(principal))
      .map((grant) => ({
        grant,
        pattern: parseModelPattern(grant.model),
        isOwn: grant.principal === rules.principal,
      }))
    const isShownAnyway =
      reaches(rules.otherwise, 'READ') ||
      this.#grants.some(({ grant }) => grant.registry === '*' && grant.model === '*')
    this.seesAll =
      reaches(rules.atMost, 'READ') &&
      isShownAnyway &&
      this.#grants.every(({ grant }) => reaches(grant.permission, 'READ'))
  }

  /** Whether anything can be granted that is seen. */
  get maySee(): boolean {
    return reaches(this.#rules.atMost, 'READ')
  }

  levelOf(registry: string, model: string): PermissionLevel {
    const { names, patterns } = this.#registry(registry)
    return this.#capped(names.get(model) ?? this.#byPattern(patterns, model))
  }

  sees(registry: string, model: string): boolean {
    return this.seesAll || reaches(this.levelOf(registry, model), 'READ')
  }

  /** Whether it would be seen without what is granted on it alone. */
  seesByPattern(registry: string, model: string): boolean {
    const { patterns } = this.#registry(registry)
    return this.seesAll || reaches(this.#capped(this.#byPattern(patterns, model)), 'READ')
  }

  /** Of all visible names of a registry; null: there is nothing to leave out. */
  nameFilter(registry: string): NameFilter | null {
    const known = this.#filters.get(registry)
    if (known !== undefined) return known
    const filter = this.seesAll ? null : toNameFilter(this.#visibleNames(registry))
    this.#filters.set(registry, filter)
    return filter
  }

  /** Whether every name that passes the filter is visible: all that is granted can be said by tests of texts. */
  nameFilterIsExact(registry: string): boolean {
    if (this.seesAll || !this.maySee) return true
    const { names, patterns } = this.#registry(registry)
    return (
      names.size <= mostNames &&
      patterns.every((equals) => equals.every(({ pattern }) => testsOf(pattern).isExact))
    )
  }

  #byPattern(patterns: readonly Equals[], model: string): PermissionLevel {
    for (const equals of patterns) {
      const matching = equals.filter(({ pattern }) => pattern.matches(model))
      if (matching.length > 0) return ofEquals(matching)
    }
    return this.#rules.otherwise
  }

  #capped(level: PermissionLevel): PermissionLevel {
    return lowest([level, this.#rules.atMost])
  }

  #registry(name: string): RegistryView {
    const known = this.#registries.get(name)
    if (known) return known
    const here = this.#grants.filter(({ grant }) => grant.registry === '*' || grant.registry === name)
    const exact = Map.groupBy(
      here.filter(({ pattern }) => pattern.name !== null),
      ({ pattern }) => pattern.name ?? '',
    )
    const view = {
      names: new Map([...exact].map(([model, grants]) => [model, ofEquals(inRank(grants)[0] ?? [])])),
      patterns: inRank(here.filter(({ pattern }) => pattern.name === null)),
    }
    this.#registries.set(name, view)
    return view
  }

  /** From what counts least to what counts most, each over what was before. */
  #visibleNames(registry: string): NameSet {
    const { atMost, otherwise } = this.#rules
    if (!reaches(atMost, 'READ')) return []
    const { names, patterns } = this.#registry(registry)
    let visible: NameSet = reaches(otherwise, 'READ') ? 'all' : []
    for (const equals of patterns.toReversed()) {
      const [shown, hidden] = partition(equals, ({ grant }) => reaches(grant.permission, 'READ'))
      const isOwn = equals.some((one) => one.isOwn)
      const patternsOf = (grants: Equals) => grants.map(({ pattern }) => pattern)
      // Of one's own the lowest counts, of several groups the highest.
      visible = isOwn
        ? without(withPatterns(visible, patternsOf(shown)), patternsOf(hidden), [])
        : withPatterns(without(visible, patternsOf(hidden), []), patternsOf(shown))
    }
    const [shown, hidden] = partition([...names], ([, level]) => reaches(level, 'READ'))
    const byPattern = (model: string) => reaches(this.#byPattern(patterns, model), 'READ')
    const taken = hidden.map(([model]) => model).filter(byPattern)
    const added = shown.map(([model]) => model).filter((model) => !byPattern(model))
    return withNames(without(visible, [], taken), added)
  }
}

function ofEquals(equals: Equals): PermissionLevel {
  const ofEach = Map.groupBy(equals, ({ grant }) => grant.principal)
  return highest([...ofEach.values()].map((grants) => lowest(grants.map(({ grant }) => grant.permission))))
}

/** What counts most first. */
function inRank(grants: readonly OwnGrant[]): Equals[] {
  const rankOf = ({ grant, pattern, isOwn }: OwnGrant) =>
    (pattern.name === null ? pattern.length * 4 : 0) + (grant.registry === '*' ? 0 : 2) + (isOwn ? 1 : 0)
  const ranks = Map.groupBy(grants, rankOf)
  return [...ranks].toSorted(([a], [b]) => b - a).map(([, equals]) => equals)
}

function partition<T>(all: readonly T[], holds: (one: T) => boolean): [T[], T[]] {
  return [all.filter(holds), all.filter((one) => !holds(one))]
}
