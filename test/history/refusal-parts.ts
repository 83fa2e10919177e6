import type { Asked } from './asked.ts'
import { aliasFacet, type Part, takingBack } from './part.ts'
import * as effects from './registry-state.ts'

/** What a refusal says of what was there. */
export function refusalParts(
  { id, call: { wish } }: Asked,
  code: string,
  current?: string | null,
): readonly Part[] {
  const { name } = wish
  const isThere = (is: boolean, order = 0): Part => ({
    effect: effects.seen(name, (model) => (model !== null) === is),
    facets: ['existence'],
    order,
    isRead: true,
  })
  switch (wish.kind) {
    case 'createModel':
      return code === 'ALREADY_EXISTS' ? [isThere(true)] : []
    case 'deleteModel':
      return code === 'NOT_FOUND' ? [isThere(false)] : []
    case 'createVersion':
    case 'copyVersion': {
      if (wish.kind === 'createVersion' && !wish.createModel)
        return code === 'NOT_FOUND' ? [isThere(false)] : []
      // It made the model where there was none; that it is not there then means that it was taken away.
      const isGone = code === 'NOT_FOUND' && !wish.isRefused
      const made: Part = { effect: effects.ensureModel(name, id), facets: null, isOptional: !isGone }
      return [made, ...(isGone ? [isThere(false, 1)] : []), takingBack(name, id)]
    }
    case 'setAlias':
    case 'deleteAlias': {
      if (code !== 'CONFLICT') return []
      const holds = (model: effects.ModelState | null) => (model?.aliases[wish.alias] ?? null) === current
      return [{ effect: effects.seen(name, holds), facets: [aliasFacet(wish.alias)], isRead: true }]
    }
    default:
      return []
  }
}
