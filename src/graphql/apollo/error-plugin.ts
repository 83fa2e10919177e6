import type { ApolloServerPlugin } from '@apollo/server'
import type { Logger } from '../../contract/index.ts'
import type { Answers } from '../answer/answers.ts'
import type { RequestScope } from '../request-scope.ts'

/** Gives clients the answers as {@link Answers} completes them, and logs what Apollo tells of nobody else. */
export function errorPlugin(log: Logger, answers: Answers): ApolloServerPlugin<RequestScope> {
  return {
    async contextCreationDidFail({ error }) {
      log.debug({ err: error }, 'a request was refused before it began')
    },
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      const { contextValue } = requestContext
      answers.meterOf(contextValue).release()
      log.error({ requestId: contextValue.requestId, err: error }, 'a request broke the server')
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          answers.logErrors(errors, contextValue)
        },
        async willSendResponse({ response, contextValue, operation }) {
          if (response.body.kind !== 'single') return
          const { body, http } = response
          // At once, as Apollo lets other plug-ins look at the answer meanwhile.
          const tooLarge = answers.tooLarge(contextValue, operation)
          if (tooLarge) {
            http.status = 400
            body.singleResult = tooLarge
          } else {
            body.singleResult = await answers.complete(body.singleResult, contextValue)
          }
        },
      }
    },
  }
}
