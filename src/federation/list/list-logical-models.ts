import { type TextTest, textMatcher } from '../../contract/index.ts'
import { type ClaimsInSight, claimsInSight } from '../logical/claims-in-sight.ts'
import { assembleLogicalModels } from '../logical/logical-models.ts'
import type { FederatedLogicalModel } from '../records/logical.ts'
import type { ReadMode } from '../records/records.ts'
import { digestOf } from '../session/cursor.ts'
import type { Session } from '../session/session.ts'
import type { FederatedList, ListEdge } from './connection.ts'

/** Which logical models: all of these have to hold. */
export interface LogicalModelTests {
  readonly name: readonly TextTest[] | null
  /** Environments of which none has a model of it that the caller may see. */
  readonly missingIn: readonly string[]
}

export interface LogicalModelArguments {
  readonly where: LogicalModelTests
  readonly first: number
  readonly after: string | null
  readonly read: ReadMode
}

export type LogicalModelList = FederatedList<FederatedLogicalModel>
export type LogicalModelListEdge = ListEdge<FederatedLogicalModel>

const mostAtOnce = 500

/**
 * By name. @throws InputError
 *
 * @param binding what else its cursors are bound to.
 */
export async function listLogicalModels(
  session: Session,
  { where, first, after, read }: LogicalModelArguments,
  binding: readonly unknown[] = ['logicalModels'],
): Promise<LogicalModelList> {
  for (const environment of where.missingIn) session.assertEnvironment(environment, 'where')
  const { cursors } = session.federation
  const digest = digestOf([...binding, where.name, [...new Set(where.missingIn)].sort()])
  const position = after === null ? null : cursors.decode(digest, after)
  const sight = await claimsInSight(session)
  const found: Omit<FederatedLogicalModel, 'mode'>[] = []
  for await (const some of logicalModelsAfter(session, sight, where, position?.name ?? null, first + 1)) {
    found.push(...some)
    if (found.length > first) break
  }
  const nodes = found.slice(0, first).map((model) => ({ ...model, mode: read }))
  const complete = sight.sources.every(({ state }) => state === 'OK') && position?.incomplete !== true
  if (!complete) session.noteIncomplete()
  const placeOf = (name: string) => ({ values: [], registry: '', name, version: null, hints: {} })
  return {
    nodes,
    cursors: {
      cursorAt: (index) =>
        cursors.encode(digest, { ...placeOf(nodes[index]?.name ?? ''), incomplete: !complete }),
      whenEmpty: complete ? null : after,
    },
    hasNextPage: found.length > first,
    hasPreviousPage: position !== null,
    totalCount: position === null && found.length <= first ? found.length : null,
    sources: sight.sources,
    complete,
  }
}

/** Some at a time, in the order of their names, until there are no more. */
export async function* logicalModelsAfter(
  session: Session,
  { scopes }: ClaimsInSight,
  { name, missingIn }: LogicalModelTests,
  from: string | null,
  atOnce: number,
): AsyncGenerator<Omit<FederatedLogicalModel, 'mode'>[]> {
  // What is hidden is as if it were not there, which the database cannot always tell: then all are looked at here.
  const isWhole = scopes.every(({ names }) => names === null) && !session.access.isRestricted
  const matches = name && textMatcher(name)
  let after = from
  for (let limit = Math.min(atOnce, mostAtOnce); ; limit = Math.min(limit * 2, mostAtOnce)) {
    const query = { scopes, name, missingIn: isWhole ? missingIn : [], after, limit }
    const names = scopes.length === 0 ? [] : await session.federation.logical.names(query)
    const meant = matches ? names.filter(matches) : names
    const models = await assembleLogicalModels(session, scopes, meant)
    yield models.filter((model) => model !== null).filter((model) => isMissing(model, missingIn))
    if (names.length < limit) return
    after = names.at(-1) ?? after
    // Nobody waits any more for what may be the rest of many.
    session.signal.throwIfAborted()
  }
}

function isMissing(
  { members, conflicts }: Pick<FederatedLogicalModel, 'members' | 'conflicts'>,
  environments: readonly string[],
): boolean {
  return [...members, ...conflicts].every(({ environment }) => !environments.includes(environment))
}
