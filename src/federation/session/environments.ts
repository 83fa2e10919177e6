import type { TagRecord, TextTest } from '../../contract/index.ts'
import { CompiledRules, isOfRegistry, type ModelRule, type RegistryRules } from './model-rules.ts'

export interface EnvironmentRecord {
  readonly name: string
  /** Position on the ladder, 0 is the lowest. */
  readonly rank: number
}

interface OfRegistry {
  readonly name: string
  readonly environment: string | null
}

interface Deciding {
  readonly rules: CompiledRules
  /** The patterns that say which environment a model is in. */
  readonly naming: readonly string[]
}

/** The ladder of environments, and which environment a model is in. */
export class Environments {
  readonly all: readonly EnvironmentRecord[]
  readonly #byName: ReadonlyMap<string, EnvironmentRecord>
  readonly #rules: readonly ModelRule[]
  readonly #decided = new Map<string, Deciding>()

  constructor(names: readonly string[], rules: readonly ModelRule[]) {
    this.all = names.map((name, rank) => ({ name, rank }))
    this.#byName = new Map(this.all.map((environment) => [environment.name, environment]))
    this.#rules = rules
  }

  get(name: string): EnvironmentRecord | null {
    return this.#byName.get(name) ?? null
  }

  /** What decides in this registry, as plain data. */
  rulesOf({ name: registry, environment }: OfRegistry): RegistryRules {
    return {
      environments: this.all.map(({ name }) => name),
      environment,
      rules: this.#rules.flatMap(({ registry: pattern, name, tag }, place) =>
        isOfRegistry(pattern, registry) ? [{ place, registry: pattern, name, tag }] : [],
      ),
    }
  }

  /** By the first rule that matches the model, else its registry's own. */
  ofModel(registry: OfRegistry, model: string, tags: readonly TagRecord[]): string | null {
    return this.#deciding(registry).rules.environmentOf(model, tags)
  }

  /** The same where the name alone decides; null: the tags of the model have to be known. */
  byName(registry: OfRegistry, model: string): { readonly environment: string | null } | null {
    return this.#deciding(registry).rules.environmentByName(model)
  }

  /** Whether a registry may hold models of one of these environments. */
  mayHold(registry: OfRegistry, environments: readonly string[]): boolean {
    if (registry.environment !== null && environments.includes(registry.environment)) return true
    return environments.length > 0 && this.#deciding(registry).naming.length > 0
  }

  /** Whether all models of a registry are in its own environment, whatever their names. */
  isOneIn(registry: OfRegistry): boolean {
    return this.#deciding(registry).naming.length === 0
  }

  /**
   * A filter on the model's name that every model of these environments passes, so that a registry that holds
   * several by prefix need not be read whole; null when there is none.
   */
  prefixFilter(registry: OfRegistry, environments: readonly string[]): readonly TextTest[][] | null {
    if (registry.environment !== null && environments.includes(registry.environment)) return null
    const alternatives: TextTest[][] = []
    for (const pattern of this.#deciding(registry).naming) {
      const [, afterEnvironment] = /^\{environment\}([^{]*)/.exec(pattern) ?? []
      if (afterEnvironment === undefined) return null
      for (const environment of environments) {
        alternatives.push([
          { operator: 'startsWith', value: environment + afterEnvironment, ignoreCase: false },
        ])
      }
    }
    return alternatives
  }

  #deciding(registry: OfRegistry): Deciding {
    const known = this.#decided.get(registry.name)
    if (known) return known
    const given = this.rulesOf(registry)
    const naming = given.rules.flatMap(({ name }) => (name?.includes('{environment}') ? [name] : []))
    const made = { rules: new CompiledRules(given), naming }
    this.#decided.set(registry.name, made)
    return made
  }
}
