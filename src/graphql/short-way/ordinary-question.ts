import type { FastifyRequest } from 'fastify'

/** What most clients send most of the time; everything else is Apollo's. */
export interface OrdinaryQuestion {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly explain: boolean
  /** It has a deadline of its own. */
  readonly inHurry: boolean
}

/** Null when there is anything about the request that an ordinary one does not have. */
export function readOrdinaryQuestion(request: FastifyRequest): OrdinaryQuestion | null {
  const { body, headers } = request
  if (request.method !== 'POST' || request.url !== '/graphql' || !isRecord(body)) return null
  const { query, operationName = null, variables = null, extensions = null } = body
  if (typeof query !== 'string') return null
  if (operationName !== null && typeof operationName !== 'string') return null
  if (variables !== null && !isRecord(variables)) return null
  if (extensions !== null && (!isRecord(extensions) || 'persistedQuery' in extensions)) return null
  return {
    query,
    operationName,
    variables: variables ?? {},
    explain: headers['modelgate-explain'] === '1',
    inHurry: headers['modelgate-deadline-ms'] !== undefined,
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
