import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { onTestFinished } from 'vitest'
import type { Issuer } from './issuer.ts'

export interface GuardedMlflow {
  readonly url: string
  /** What came with each request so far. */
  readonly authorizations: (string | undefined)[]
  /** How long it takes for an answer. */
  delayMs: number
  /** Fails with this status, and repeats in its body what it was sent. */
  failsWith: number | null
  /** Sends everybody on to there. */
  redirectTo: string | null
}

/** MLflow behind a guard that takes the tokens of one issuer, and shows everybody a model of their own. */
export async function startGuardedMlflow(
  issuer: Issuer,
  others: readonly string[] = [],
): Promise<GuardedMlflow> {
  const keys = createRemoteJWKSet(new URL(`${issuer.url}/keys`))
  const whoIs = async ({ headers: { authorization = '' } }: IncomingMessage): Promise<string | null> => {
    const token = authorization.replace(/^Bearer /, '')
    if (others.includes(token)) return 'the-gateway'
    return jwtVerify(token, keys, { issuer: issuer.url }).then(
      ({ payload }) => String(payload.sub),
      () => null,
    )
  }
  const server = createServer(async (request, response) => {
    mlflow.authorizations.push(request.headers.authorization)
    const answer = (status: number, body: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    await new Promise((done) => setTimeout(done, mlflow.delayMs))
    if (mlflow.redirectTo !== null) return answer(302, {}, { location: mlflow.redirectTo })
    if (mlflow.failsWith !== null) {
      const message = `refused: ${JSON.stringify(request.headers)}`
      return answer(mlflow.failsWith, { error_code: 'INTERNAL_ERROR', message })
    }
    const name = await whoIs(request)
    if (name === null) return answer(401, { error_code: 'UNAUTHENTICATED', message: 'who are you?' })
    const { pathname, searchParams } = new URL(request.url ?? '/', mlflow.url)
    if (pathname === '/version') return response.end('3.17.2')
    if (!pathname.endsWith('/registered-models/search'))
      return answer(404, { error_code: 'RESOURCE_DOES_NOT_EXIST' })
    if (searchParams.get('page_token')) return answer(400, { error_code: 'INVALID_PARAMETER_VALUE' })
    const time = { creation_timestamp: 1, last_updated_timestamp: 1 }
    return answer(200, { registered_models: [{ name: `of-${name}`, ...time }] })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const mlflow: GuardedMlflow = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations: [],
    delayMs: 0,
    failsWith: null,
    redirectTo: null,
  }
  return mlflow
}
