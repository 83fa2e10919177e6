import type { Asked } from './asked.ts'
import type { Wish } from './call.ts'
import { aliasFacet, type Facet, type Part, type Reading, takingBack, textFacet } from './part.ts'
import type { Effect } from './registry-state.ts'
import * as effects from './registry-state.ts'

/** Of a write that was done, or of which nobody knows. */
export function writeParts(
  asked: Asked,
  wish: Exclude<Wish, { kind: 'readModel' }>,
  reading: Reading,
): readonly Part[] {
  const { outcome } = asked.call
  const { previous, archived } = outcome.kind === 'done' ? outcome.answer : {}
  const { name } = wish
  const existence = (effect: Effect) => [{ effect, facets: null }]
  const about = (effect: Effect, ...facets: Facet[]): Part[] => [{ effect, facets }]
  switch (wish.kind) {
    case 'createModel':
      // Asked again, somebody else's model with the very same contents is as good.
      return existence(asked.isRepeated ? effects.ensureModel(name, null) : effects.createModel(name, null))
    case 'deleteModel':
      return existence(effects.deleteModel(name))
    case 'renameModel':
      return existence(effects.renameModel(name, wish.newName))
    case 'createVersion':
    case 'copyVersion':
      return creationParts(asked, wish, reading)
    case 'deleteVersion':
      return reading.writesStepwise
        ? stepwiseDeletion(wish, reading)
        : existence(effects.deleteVersion(name, wish.version))
    case 'setAlias': {
      const expected = wish.onlyIfUnset ? null : wish.expected
      const move = { alias: wish.alias, to: wish.version, expected, previous }
      return about(effects.moveAlias(name, move), aliasFacet(wish.alias))
    }
    case 'deleteAlias': {
      const { alias, expected } = wish
      const move = { alias, to: null, expected, previous }
      return about(effects.moveAlias(name, move), aliasFacet(alias))
    }
    case 'assignAliasToStage':
      return about(
        effects.aliasHighestInStage(name, wish.stage, wish.alias, previous),
        aliasFacet(wish.alias),
      )
    case 'transitionStage': {
      const { version, stage, isArchiving, expected } = wish
      const facets: Facet[] = ['stages', ...reading.aliases.map(aliasFacet)]
      if (reading.writesStepwise && outcome.kind === 'unknown') return brokenMove(wish, facets, reading)
      const move = { version, stage, isArchiving, expected, archived, leaving: reading.leaving }
      return about(effects.moveToStage(name, move), ...facets)
    }
    case 'setText': {
      const { version, key, text } = wish
      return about(effects.setText(name, version, key, text), textFacet(version, key))
    }
  }
}

/** The model may be there before its version, and without it. */
function creationParts(
  { id, call }: Asked,
  wish: Extract<Wish, { kind: 'createVersion' | 'copyVersion' }>,
  { numbers }: Reading,
): readonly Part[] {
  const { name, marker } = wish
  // That it was made is known all the same.
  const number = numbers.get(marker) ?? (call.outcome.kind === 'done' ? `${effects.unseen}${id}` : undefined)
  const makesModel = wish.kind === 'copyVersion' || wish.createModel
  const onTheWay: Part[] = makesModel
    ? [{ effect: effects.ensureModel(name, id), facets: null, isOptional: true }]
    : []
  const version =
    number === undefined
      ? []
      : [{ effect: effects.createVersion(name, number, marker), facets: null, order: 1 }]
  const isOpen = makesModel && call.outcome.kind !== 'done'
  return [...onTheWay, ...version, ...(isOpen ? [takingBack(name, id)] : [])]
}

/** It may have broken off after any of its steps. */
function brokenMove(
  { name, version, stage, isArchiving, expected }: Extract<Wish, { kind: 'transitionStage' }>,
  facets: readonly Facet[],
  { numbers, leaving }: Reading,
): readonly Part[] {
  const move = { version, stage, isArchiving: false, expected, archived: undefined, leaving }
  const others = [...new Set(numbers.values())].filter((other) => isArchiving && other !== version)
  const archive = (other: string): Part => ({
    effect: effects.moveToStage(name, { ...move, version: other, stage: 'Archived', expected: stage }),
    facets,
    order: 1,
  })
  return [{ effect: effects.moveToStage(name, move), facets }, ...others.map(archive)]
}

/** First nothing points to it any more. */
function stepwiseDeletion(
  { name, version }: Extract<Wish, { kind: 'deleteVersion' }>,
  { aliases }: Reading,
): readonly Part[] {
  const release = { effect: effects.releaseAliases(name, version), facets: aliases.map(aliasFacet) }
  return [
    { ...release, isOptional: true },
    { effect: effects.deleteVersion(name, version), facets: null, order: 1 },
  ]
}
