import { parseModelPattern } from './model-pattern.ts'

interface PlacedGrant {
  /** A name, or `*`. */
  readonly registry: string
  readonly model: string
}

/** A page of a registry's models by name; `continuation` null: it is the last. */
type ListNames = (
  continuation: string | null,
) => Promise<{ readonly names: readonly string[]; readonly continuation: string | null }>

/** Looks for grants whose model, or pattern, no model has: most likely it is misspelt. */
export class IdleGrants<Grant extends PlacedGrant> {
  readonly #unmatched: Map<Grant, ReturnType<typeof parseModelPattern>>
  readonly #read = new Set<string>()

  /** On all models there may be is also right where there are none yet. */
  constructor(grants: readonly Grant[]) {
    const named = grants.filter(({ model }) => model !== '*')
    this.#unmatched = new Map(named.map((grant) => [grant, parseModelPattern(grant.model)]))
  }

  /** Reads until each grant has a model. A registry that fails on the way is not known. */
  async lookIn(registry: string, list: ListNames): Promise<void> {
    const concerning = () =>
      [...this.#unmatched].filter(([grant]) => grant.registry === '*' || grant.registry === registry)
    let continuation: string | null = null
    while (concerning().length > 0) {
      const page = await list(continuation)
      for (const [grant, pattern] of concerning()) {
        if (page.names.some((name) => pattern.matches(name))) this.#unmatched.delete(grant)
      }
      continuation = page.continuation
      if (continuation === null) break
    }
    this.#read.add(registry)
  }

  /** Of the registries that are known to their end; one that is not might have a model for a grant. */
  found(registries: readonly string[]): Grant[] {
    const isKnown = ({ registry }: Grant) =>
      (registry === '*' ? registries : [registry]).every((name) => this.#read.has(name))
    return [...this.#unmatched.keys()].filter(isKnown)
  }
}

export function explainIdle({ registry, model }: PlacedGrant): string {
  const where = registry === '*' ? 'in any registry' : `in "${registry}"`
  const what = parseModelPattern(model).name === null ? 'whose name is of this form' : 'of this name'
  return `there is no model ${what} ${where}; write the name of one that is there, or a pattern with * such as fraud*, or leave the grant for a model that is still to come`
}
