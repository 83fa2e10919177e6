import type { TextTest } from '../../contract/index.ts'

export interface EnvironmentRecord {
  readonly name: string
  /** Position on the ladder, 0 is the lowest. */
  readonly rank: number
}

/** Names which models belong together and, where the pattern holds `{environment}`, which one they are in. */
export interface ModelRule {
  /** A registry's name, or `*`. */
  readonly registry: string
  /** Literals with the placeholders `{name}` and `{environment}`. */
  readonly name: string
}

interface CompiledRule {
  readonly registry: string
  readonly pattern: RegExp
  readonly namesEnvironment: boolean
  /** What stands after a leading `{environment}`; null when the pattern does not begin with it. */
  readonly afterEnvironment: string | null
}

/** The ladder of environments, and which environment a model is in. */
export class Environments {
  readonly all: readonly EnvironmentRecord[]
  readonly #byName: ReadonlyMap<string, EnvironmentRecord>
  readonly #rules: readonly CompiledRule[]

  constructor(names: readonly string[], rules: readonly ModelRule[]) {
    this.all = names.map((name, rank) => ({ name, rank }))
    this.#byName = new Map(this.all.map((environment) => [environment.name, environment]))
    this.#rules = rules.map((rule) => compileRule(rule, names))
  }

  get(name: string): EnvironmentRecord | null {
    return this.#byName.get(name) ?? null
  }

  /** By the first rule that matches the model's name, else its registry's own. */
  ofModel(registry: { name: string; environment: string | null }, model: string): string | null {
    for (const rule of this.#rulesOf(registry.name)) {
      const match = rule.pattern.exec(model)
      if (match) return match.groups?.environment ?? registry.environment
    }
    return registry.environment
  }

  /** Whether a registry may hold models of one of these environments. */
  mayHold(registry: { name: string; environment: string | null }, environments: readonly string[]): boolean {
    if (registry.environment !== null && environments.includes(registry.environment)) return true
    return environments.length > 0 && this.#rulesOf(registry.name).some((rule) => rule.namesEnvironment)
  }

  /** Whether all models of a registry are in its own environment, whatever their names. */
  isOneIn({ name }: { name: string }): boolean {
    return this.#rulesOf(name).every((rule) => !rule.namesEnvironment)
  }

  /**
   * A filter on the model's name that every model of these environments passes, so that a registry that holds
   * several by prefix need not be read whole; null when there is none.
   */
  prefixFilter(
    registry: { name: string; environment: string | null },
    environments: readonly string[],
  ): readonly TextTest[][] | null {
    if (registry.environment !== null && environments.includes(registry.environment)) return null
    const rules = this.#rulesOf(registry.name).filter((rule) => rule.namesEnvironment)
    const alternatives: TextTest[][] = []
    for (const { afterEnvironment } of rules) {
      if (afterEnvironment === null) return null
      for (const environment of environments) {
        alternatives.push([
          { operator: 'startsWith', value: environment + afterEnvironment, ignoreCase: false },
        ])
      }
    }
    return alternatives
  }

  #rulesOf(registry: string): readonly CompiledRule[] {
    return this.#rules.filter((rule) => rule.registry === '*' || rule.registry === registry)
  }
}

function compileRule(rule: ModelRule, environments: readonly string[]): CompiledRule {
  const choices = environments.toSorted((a, b) => b.length - a.length).map((name) => RegExp.escape(name))
  const source = rule.name
    .split(/(\{environment\}|\{name\})/)
    .map((part) => {
      if (part === '{environment}') return `(?<environment>${choices.join('|')})`
      if (part === '{name}') return '(?<name>.+)'
      return RegExp.escape(part)
    })
    .join('')
  const leading = /^\{environment\}([^{]*)/.exec(rule.name)
  return {
    registry: rule.registry,
    pattern: new RegExp(`^${source}$`, 'su'),
    namesEnvironment: rule.name.includes('{environment}'),
    afterEnvironment: leading?.[1] ?? null,
  }
}
