import { execute, type FormattedExecutionResult, type GraphQLSchema } from 'graphql'
import type { EventRecord } from '../../federation/records/event.ts'
import type { Answers } from '../answer/answers.ts'
import { toClientError } from '../errors.ts'
import type { PlannedDocuments } from '../plan/planned-documents.ts'
import { Unplanned } from '../plan/unplanned.ts'
import type { RequestScope } from '../request-scope.ts'
import type { OpenedSubscription } from './open-subscription.ts'

export interface EventTelling {
  readonly schema: GraphQLSchema
  readonly answers: Answers
  /** Null: graphql-js executes everything. */
  readonly documents: PlannedDocuments | null
}

/** What a subscription says of one event, as JSON. */
export async function tellEvent(
  opened: OpenedSubscription,
  event: EventRecord,
  scope: RequestScope,
  telling: EventTelling,
): Promise<string> {
  const { answers } = telling
  const root = { [opened.field]: event }
  const result =
    (await byPlan(opened, root, scope, telling)) ?? (await byGraphql(opened, root, scope, telling))
  const completed = answers.tooLarge(scope, opened.operation) ?? (await answers.complete(result, scope))
  return (await answers.stringify(completed)).trimEnd()
}

async function byPlan(
  { source, document, operationName, values }: OpenedSubscription,
  root: object,
  scope: RequestScope,
  { answers, documents }: EventTelling,
): Promise<FormattedExecutionResult | null> {
  documents?.add(source, document)
  const planned = documents?.find(source, operationName)
  const plan = planned?.planFor(values)
  if (!planned || !plan) return null
  try {
    const data = await planned.run(plan, values, scope, answers.meterOf(scope), null, root)
    return { data: data as Record<string, unknown> }
  } catch (error) {
    if (!(error instanceof Unplanned)) throw error
    answers.leaveToOthers(scope)
    return null
  }
}

async function byGraphql(
  { document, operationName, variables }: OpenedSubscription,
  rootValue: object,
  contextValue: RequestScope,
  { schema, answers }: EventTelling,
): Promise<FormattedExecutionResult> {
  const asked = { schema, document, rootValue, contextValue, variableValues: variables, operationName }
  const { data, errors } = await execute(asked)
  if (!errors) return { data: data ?? null }
  answers.logErrors(errors, contextValue)
  return { data: data ?? null, errors: errors.map((error) => toClientError(error.toJSON(), error)) }
}
