import { type ApolloServerPlugin, type GraphQLRequestContext, HeaderMap } from '@apollo/server'
import type { FormattedExecutionResult } from 'graphql'
import type { Answers } from '../answer/answers.ts'
import type { PlannedDocuments } from '../plan/planned-documents.ts'
import { Unplanned } from '../plan/unplanned.ts'
import type { RequestScope } from '../request-scope.ts'

/** Queries go by their plans; what no plan takes is left to graphql-js. */
export function plannedExecutionPlugin(
  documents: PlannedDocuments,
  answers: Answers,
): ApolloServerPlugin<RequestScope> {
  const execute = async ({
    source,
    document,
    operation,
    request,
    contextValue,
  }: GraphQLRequestContext<RequestScope>): Promise<FormattedExecutionResult | null> => {
    if (source === undefined || document === undefined || operation?.operation !== 'query') return null
    if (answers.isLeftToOthers(contextValue)) return null
    documents.add(source, document)
    const planned = documents.find(source, request.operationName ?? null)
    const variables = planned?.coerce(request.variables ?? {})
    const plan = variables && planned?.planFor(variables)
    if (!planned || !variables || !plan) return null
    try {
      const meter = answers.meterOf(contextValue)
      return { data: (await planned.run(plan, variables, contextValue, meter)) as Record<string, unknown> }
    } catch (error) {
      if (!(error instanceof Unplanned)) throw error
      answers.leaveToOthers(contextValue)
      return null
    }
  }
  return {
    async requestDidStart() {
      return {
        async responseForOperation(asked) {
          const singleResult = await execute(asked)
          if (!singleResult) return null
          const http = { headers: new HeaderMap() }
          return { http, body: { kind: 'single', singleResult } }
        },
      }
    },
  }
}
