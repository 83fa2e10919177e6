import { onTestFinished } from 'vitest'
import { type GraphqlDoorOptions, graphqlDoor } from '../../src/graphql/graphql-door.ts'
import type { MeasuredSession } from '../../src/graphql/request-scope.ts'
import { createHttpServer } from '../../src/server/http-server.ts'
import type { OpenSession } from '../../src/server/open-session.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

export interface Told {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Asked {
  readonly query: string
  readonly variables?: object
  readonly operationName?: string | null
}

type Ask = (asked: Asked, headers?: Readonly<Record<string, string>>) => Promise<Told>

/** The same door twice, once with plans and once without; closed when the test is over. */
export async function openBothWays<Session extends MeasuredSession>(
  schemaOf: () => GraphqlDoorOptions['schema'],
  openSession: OpenSession<Session>,
  options: Partial<GraphqlDoorOptions> = {},
): Promise<{ planned: Ask; plain: Ask }> {
  const open = async (plans: boolean): Promise<Ask> => {
    const door = graphqlDoor<Session>({ schema: schemaOf(), log: silent, plans, ...options })
    const readiness = async () => ({ isReady: true, trouble: null })
    const server = await createHttpServer<Session>({ doors: [door], openSession, readiness, log: silent })
    onTestFinished(() => server.close())
    const url = await server.listen({ host: '127.0.0.1', port: 0 })
    return (asked, headers = {}) => post(`${url}/graphql`, asked, headers)
  }
  const [planned, plain] = await Promise.all([open(true), open(false)])
  return { planned, plain }
}

async function post(url: string, asked: Asked, given: Readonly<Record<string, string>>): Promise<Told> {
  const response = await fetch(url, {
    method: 'POST',
    // Failures that are masked name it.
    headers: { 'content-type': 'application/json', 'x-request-id': 'the-same', ...given },
    body: JSON.stringify(asked),
  })
  const { date: _, 'content-length': __, ...headers } = Object.fromEntries(response.headers)
  return { status: response.status, headers, body: await response.text() }
}
