import { type Asked, joinByKey } from './asked.ts'
import type { Call } from './call.ts'
import { linearise } from './linearise.ts'
import type { Facet, Reading } from './part.ts'
import { describeCalls } from './print-calls.ts'
import { type FacetStep, toSteps } from './to-steps.ts'

export type HistoryRules = Pick<Reading, 'aliases' | 'writesStepwise'>

/** Something that no order of the calls explains, with the calls it takes to see that. */
export interface Violation {
  readonly what: string
  readonly calls: readonly Call[]
}

/** Of calls that are all about one model, or about models that are renamed to each other. */
export function checkHistory(calls: readonly Call[], rules: HistoryRules): Violation[] {
  const asked = joinByKey(calls)
  const leaving = new Set(calls.flatMap(({ wish }) => (wish.kind === 'deleteVersion' ? wish.version : [])))
  const reading = { ...rules, numbers: numbersOf(calls), leaving }
  const steps = asked.flatMap((each) => toSteps(each, reading))
  const wrong = checkFacets(steps)
  return [
    ...asked.flatMap(differentAnswers),
    ...(wrong.length > 0 ? (writtenAfterAll(calls, rules) ?? wrong) : []),
  ]
}

/** Whether all is well once those that were told of trouble, and that nothing was written, are not believed. */
function writtenAfterAll(calls: readonly Call[], rules: HistoryRules): Violation[] | null {
  const isDenied = ({ outcome }: Call) => outcome.kind === 'refused' && trouble.includes(outcome.code)
  const denied = calls.filter(isDenied)
  if (denied.length === 0) return null
  const doubted = calls.map((call) =>
    isDenied(call) ? { ...call, outcome: { kind: 'unknown', why: 'not believed' } as const } : call,
  )
  if (checkHistory(doubted, rules).length > 0) return null
  return [{ what: 'Something was written of which it was said that nothing was.', calls }]
}

/** What is wrong with what others depend on would be wrong with these too. */
function checkFacets(steps: readonly FacetStep[]): Violation[] {
  const existence = checkFacet(steps, 'existence')
  if (existence.length > 0) return existence
  const facets = new Set(steps.flatMap((step) => step.facets ?? []))
  const stages = checkFacet(steps, 'stages')
  const others = [...facets].filter((facet) => facet !== 'existence' && facet !== 'stages')
  const meant = stages.length === 0 ? others : others.filter((facet) => !facet.startsWith('alias'))
  return [...stages, ...meant.flatMap((facet) => checkFacet(steps, facet))]
}

const trouble: readonly string[] = [
  'REGISTRY_TIMEOUT',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_ERROR',
  'RATE_LIMITED',
]

export function explain({ what, calls }: Violation): string {
  return `${what}\n${describeCalls(calls)}`
}

/** One wish, one answer; a version that has gone since is not in it any more. */
function differentAnswers({ done }: Asked): Violation[] {
  const versions = done.flatMap(({ outcome }) =>
    outcome.kind === 'done' ? (outcome.answer.version ?? []) : [],
  )
  if (new Set(versions).size <= 1) return []
  return [{ what: 'One key was answered in different ways.', calls: done }]
}

function checkFacet(all: readonly FacetStep[], facet: Facet): Violation[] {
  const steps = all.filter(({ facets }) => facets?.includes(facet) ?? true)
  const verdict = linearise({}, steps)
  if (verdict === 'linearisable') return []
  if (verdict === 'undecided') return [{ what: `Too many orders to try them all, of ${facet}.`, calls: [] }]
  const calls = [...new Set(shrink(steps).flatMap(({ asked }) => asked.calls))]
  return [{ what: `No order explains these answers, as to ${facet}.`, calls }]
}

/** As few as show it: without what came after the first answer that cannot be, and what was only looked at. */
function shrink(all: readonly FacetStep[]): readonly FacetStep[] {
  let steps = untilImpossible(all)
  for (const step of steps.filter(({ isRead }) => isRead)) {
    const fewer = steps.filter((other) => other !== step)
    if (isImpossible(fewer)) steps = fewer
  }
  return steps
}

function untilImpossible(all: readonly FacetStep[]): readonly FacetStep[] {
  const ends = all.filter(({ isCertain }) => isCertain).map(({ end }) => end)
  for (const moment of ends.toSorted((a, b) => a - b)) {
    const steps = all
      .filter(({ begin }) => begin <= moment)
      .map((step) => (step.end <= moment ? step : { ...step, end: Infinity, isCertain: false }))
    if (isImpossible(steps)) return steps
  }
  return all
}

function isImpossible(steps: readonly FacetStep[]): boolean {
  return linearise({}, steps) === 'impossible'
}

function numbersOf(calls: readonly Call[]): Map<string, string> {
  const numbers = new Map<string, string>()
  for (const { wish, outcome } of calls) {
    if (outcome.kind !== 'done') continue
    const { version, model } = outcome.answer
    if ('marker' in wish && version !== undefined) numbers.set(wish.marker, version)
    for (const [number, { marker }] of Object.entries(model?.versions ?? {})) numbers.set(marker, number)
  }
  return numbers
}
