import type { Asked } from './asked.ts'
import type { Step } from './linearise.ts'
import type { Facet, Part, Reading } from './part.ts'
import { readParts } from './read-parts.ts'
import { refusalParts } from './refusal-parts.ts'
import type { RegistryState } from './registry-state.ts'
import { writeParts } from './write-parts.ts'

export interface FacetStep extends Step<RegistryState> {
  /** Null: it matters to all. */
  readonly facets: readonly Facet[] | null
  readonly asked: Asked
}

export function toSteps(asked: Asked, reading: Reading): FacetStep[] {
  return toParts(asked, reading).map(({ effect, facets, order = 0, isOptional = false, isRead = false }) => {
    // Of an end that nobody knows, what may have begun may still come.
    const { id, begin, end } = asked
    const isCertain = !isOptional && Number.isFinite(end)
    return { call: id, order, begin, end, isCertain, isRead, apply: effect, facets, asked }
  })
}

function toParts(asked: Asked, reading: Reading): readonly Part[] {
  const { outcome, wish } = asked.call
  if (wish.kind === 'readModel') {
    const model = outcome.kind === 'done' ? outcome.answer.model : undefined
    return model === undefined ? [] : readParts(wish.name, model, reading, asked)
  }
  if (outcome.kind === 'refused') return refusalParts(asked, outcome.code, outcome.current)
  return writeParts(asked, wish, reading)
}
