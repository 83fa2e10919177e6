import type { ApolloServerPlugin } from '@apollo/server'
import { Kind, type OperationDefinitionNode, OperationTypeNode } from 'graphql'
import type { RequestScope } from '../request-scope.ts'

interface Mutation {
  readonly requestId: string
  readonly operations: readonly string[]
}

interface ExecutionContext {
  readonly operation?: OperationDefinitionNode | null
  readonly contextValue: RequestScope
}

/** Tells of each mutation while it lasts, as that may be longer than its client does. */
export function mutationsPlugin(begin: (mutation: Mutation) => () => void): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        // Also begun for an operation that the document does not have.
        async executionDidStart({ operation, contextValue: { requestId } }: ExecutionContext) {
          if (operation?.operation !== OperationTypeNode.MUTATION) return
          const end = begin({ requestId, operations: fieldsOf(operation) })
          return { executionDidEnd: async () => end() }
        },
      }
    },
  }
}

/** Those in fragments are left out: this is for a log. */
function fieldsOf({ selectionSet }: OperationDefinitionNode): string[] {
  return selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  )
}
