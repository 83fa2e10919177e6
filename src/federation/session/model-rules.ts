import { compareCodePoints, type TagRecord } from '../../contract/index.ts'

/** Names which models of several registries are one, by their names or by a tag of theirs. */
export interface ModelRule {
  /** Of the names of registries; `*` stands for any text. */
  readonly registry: string
  /** Literals with the placeholders `{name}` and perhaps `{environment}`. */
  readonly name?: string | undefined
  /** The tag whose value is the name. */
  readonly tag?: string | undefined
}

/** What decides for the models of one registry; plain data, so that it can be kept and compared. */
export interface RegistryRules {
  /** The ladder, lowest first. */
  readonly environments: readonly string[]
  /** The registry's own. */
  readonly environment: string | null
  readonly rules: readonly PlacedRule[]
}

export interface PlacedRule extends ModelRule {
  /** Its place among all rules of the configuration. */
  readonly place: number
}

/** A model and the logical model that it belongs to. */
export interface Claim {
  readonly name: string
  readonly environment: string
  /** The rule, as one finds it in the configuration. */
  readonly matchedBy: string
}

type Tags = readonly TagRecord[]

interface Decided {
  readonly name: string
  readonly environment: string | null
  readonly rule: PlacedRule
}

/** A tag may hold a book, and an index no more than so much of it. */
const longestName = 500

/** The first rule that matches a model decides. */
export class CompiledRules {
  /** Of the tags that rules look at. */
  readonly tagKeys: readonly string[]
  readonly #environment: string | null
  readonly #rules: readonly CompiledRule[]

  constructor({ environment, environments, rules }: RegistryRules) {
    this.#environment = environment
    // Without an environment of its own, a registry has none to give with the value of a tag.
    this.#rules = rules
      .filter(({ tag }) => tag === undefined || environment !== null)
      .map((rule) => compileRule(rule, environments))
    const keys = this.#rules.flatMap(({ rule }) => rule.tag ?? [])
    this.tagKeys = [...new Set(keys)].sort(compareCodePoints)
  }

  /** Null: it belongs to none. A model without an environment is in no place of any. */
  claimOf(model: string, tags: Tags): Claim | null {
    const decided = this.#decide(model, tags)
    if (decided === null || decided.environment === null) return null
    return { name: decided.name, environment: decided.environment, matchedBy: describeRule(decided.rule) }
  }

  environmentOf(model: string, tags: Tags): string | null {
    const decided = this.#decide(model, tags)
    return decided === null ? this.#environment : decided.environment
  }

  /** Null: that depends on the tags of the model. */
  environmentByName(model: string): { readonly environment: string | null } | null {
    const environment = this.environmentOf(model, [])
    if (environment === this.#environment) return { environment }
    const byTag = this.#rules.findIndex(({ rule }) => rule.tag !== undefined)
    const byName = this.#rules.findIndex(({ pattern }) => pattern?.test(model))
    return byTag >= 0 && byTag < byName ? null : { environment }
  }

  #decide(model: string, tags: Tags): Decided | null {
    for (const { rule, pattern } of this.#rules) {
      if (pattern === null) {
        const value = tags.find(({ key }) => key === rule.tag)?.value ?? ''
        if (value === '' || value.length > longestName) continue
        return { name: value, environment: this.#environment, rule }
      }
      const { name, environment = this.#environment } = pattern.exec(model)?.groups ?? {}
      if (name !== undefined) return { name, environment, rule }
    }
    return null
  }
}

interface CompiledRule {
  readonly rule: PlacedRule
  /** Null: by a tag. */
  readonly pattern: RegExp | null
}

function compileRule(rule: PlacedRule, environments: readonly string[]): CompiledRule {
  if (rule.name === undefined) return { rule, pattern: null }
  const choices = environments.toSorted((a, b) => b.length - a.length).map((name) => RegExp.escape(name))
  const source = rule.name
    .split(/(\{environment\}|\{name\})/)
    .map((part) => {
      if (part === '{environment}') return `(?<environment>${choices.join('|')})`
      if (part === '{name}') return '(?<name>.+)'
      return RegExp.escape(part)
    })
    .join('')
  return { rule, pattern: new RegExp(`^${source}$`, 'su') }
}

/** Such as `logicalModels[1] { registry: mlflow-*, name: dev.{name} }`. */
function describeRule({ place, registry, name, tag }: PlacedRule): string {
  const by = tag === undefined ? `name: ${name}` : `tag: ${tag}`
  return `logicalModels[${place}] { registry: ${registry}, ${by} }`
}

/** Whether a pattern is one of this registry; `*` stands for any text, also none. */
export function isOfRegistry(pattern: string, registry: string): boolean {
  if (!pattern.includes('*')) return pattern === registry
  const source = pattern.split('*').map((literal) => RegExp.escape(literal))
  return new RegExp(`^${source.join('.*')}$`, 's').test(registry)
}
