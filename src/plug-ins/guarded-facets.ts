import { type Facets, lookUp, makeFacets } from '../contract/facet-places.ts'
import type { BatchRow, HandleRow, MemberRow } from '../contract/facet-row.ts'
import { type Adapter, type Call, type ListQuery, type Outcome, RegistryError } from '../contract/index.ts'
import { is, isAbsentOr, isMethod } from '../contract/shape.ts'
import type { Guard } from './guard.ts'

/** What one member is asked with: the call comes last, but for judgements. */
type Given = readonly unknown[]
type Facet = Readonly<Record<string, unknown>>

interface Asked {
  readonly operation: string
  readonly facet: Facet
  readonly name: string
}

/** Every facet that the adapter has, with all that its members answer looked at as their rows in the contract say. */
export function guardedFacets(guard: Guard, adapter: Adapter): Facets {
  return makeFacets(({ path, name, row, operation }) => {
    const facet = lookUp(adapter, path) as Facet | undefined
    return facet?.[name] ? guardedMember(guard, { operation, facet, name }, row) : undefined
  })
}

/** The answer of a write that was done is looked at too: what is off says that its outcome is not known. */
function guardedMember(guard: Guard, asked: Asked, row: MemberRow): unknown {
  const { operation, facet, name } = asked
  switch (row.asks) {
    case 'batch':
      return (...given: Given) => askBatch(guard, asked, row, given)
    case 'page':
      return (...given: Given) =>
        guard.askPage(
          operation,
          given[0] as ListQuery<never, never>,
          callOf(given),
          later(asked, given),
          row.of,
        )
    case 'answer':
      return (...given: Given) => guard.ask(operation, callOf(given), later(asked, given), row.of)
    case 'handle':
      return (...given: Given) => askHandle(guard, asked, row, given)
    case 'judgement':
      return (...given: Given) => guard.judge(() => run(asked, given) === true)
    case 'fact':
      return facet[name] === true ? true : undefined
  }
}

async function askBatch(
  guard: Guard,
  asked: Asked,
  row: BatchRow,
  given: Given,
): Promise<readonly Outcome<unknown>[]> {
  const keys = given[0] as Given
  const outcomes = await guard.askBatch(asked.operation, keys, callOf(given), later(asked, given), row)
  if (row.countOf === undefined) return outcomes
  return outcomes.map((outcome) => {
    if (row.countOf === undefined || outcome === null || RegistryError.is(outcome)) return outcome
    return guard.notTooMany(asked.operation, outcome, row.countOf(outcome), Number(given[1]))
  })
}

async function askHandle(guard: Guard, asked: Asked, { members }: HandleRow, given: Given): Promise<Facet> {
  const rows = Object.entries(members)
  const isHandle = is(
    Object.fromEntries(rows.map(([name, row]) => [name, row.optional ? isAbsentOr(isMethod) : isMethod])),
  )
  const handle: Facet = await guard.ask(asked.operation, callOf(given), later(asked, given), isHandle)
  return Object.fromEntries(
    rows
      .filter(([name]) => handle[name] !== undefined)
      .map(([name, row]) => [name, guardedMember(guard, { operation: name, facet: handle, name }, row)]),
  )
}

function callOf(given: Given): Call {
  return given.at(-1) as Call
}

/** What is thrown before there is a promise is an answer as well. */
function later(asked: Asked, given: Given): () => Promise<never> {
  return async () => run(asked, given) as never
}

function run({ facet, name }: Asked, given: Given): unknown {
  return (facet[name] as (...given: Given) => unknown).apply(facet, [...given])
}
