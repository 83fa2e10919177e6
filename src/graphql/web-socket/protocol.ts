import { type GraphQLSchema, parse } from 'graphql'
import { type Context, handleProtocols, makeServer, type Server } from 'graphql-ws'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Logger } from '../../contract/index.ts'
import type { IdentifiedCaller, Presented } from '../../server/caller.ts'
import { hasTooManyParts } from '../../server/json-body.ts'
import { RequestRefusal } from '../../server/request-refusal.ts'
import type { UpgradedSocket } from '../../server/upgrades.ts'
import type { SocketQuestion } from '../subscriptions/answer-socket.ts'
import type { Asker } from '../subscriptions/live-operations.ts'
import type { Sink } from '../subscriptions/sink.ts'
import { closeCodes } from './close-codes.ts'
import type { Connection } from './connection.ts'
import { OperationFailed } from './socket-operation.ts'

export interface ProtocolOptions {
  readonly schema: GraphQLSchema
  identify(presented: Presented): Promise<IdentifiedCaller>
  /** Who opened it is known. */
  begun(connection: Connection): void
  /** Answers what breaks it off. */
  begin(question: SocketQuestion, asker: Asker, sink: Sink): () => void
  readonly mostOperations: number
  readonly initWithinMs: number
  readonly log: Logger
}

export interface Protocol {
  open(upgraded: UpgradedSocket, create: (webSocket: WebSocket) => Connection): void
}

const mostBytes = 1_000_000
/** Operations are told past graphql-ws, to which all are alike. */
const anySubscription = parse('subscription { events { id } }')

type ConnectionContext = Context<Record<string, unknown>, Connection>

/** graphql-transport-ws, which is loaded with the first who wants to speak it. */
export function createProtocol(options: ProtocolOptions): Protocol {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: mostBytes,
    handleProtocols,
  })
  const server = makeServer<Record<string, unknown>, Connection>({
    connectionInitWaitTimeout: options.initWithinMs,
    onConnect: (context) => connect(context, options),
    onSubscribe: ({ extra: connection }, id, { query, variables, operationName }) => {
      const question = { query, variables: variables ?? {}, operationName: operationName ?? null }
      const operation = connection.operation(id)
      const begin = (sink: Sink) => {
        if (connection.operations <= options.mostOperations) {
          return options.begin(question, connection.asker, sink)
        }
        const message = `This connection has ${options.mostOperations} operations that have not ended; no more begin.`
        sink.fail([{ message, extensions: { code: 'LIMIT_EXCEEDED', retryable: true } }])
        return () => {}
      }
      return { schema: options.schema, document: anySubscription, contextValue: operation.begin(begin) }
    },
    subscribe: ({ contextValue }) => contextValue as AsyncGenerator<never>,
    onError: (_context, _id, _payload, [error]) => {
      const cause = error?.originalError
      return cause instanceof OperationFailed ? [...cause.errors] : undefined
    },
  })
  return {
    open({ request, socket, head }, create) {
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        serve(server, create(webSocket), webSocket, options.log)
      })
    },
  }
}

/** Apart from what opened it: closures that last would keep the request in memory. */
function serve(server: Server<Connection>, connection: Connection, webSocket: WebSocket, log: Logger): void {
  const closed = server.opened(
    {
      protocol: webSocket.protocol,
      send: (text) => connection.send(text),
      close: (code = 1000, reason = '') => connection.close({ code, reason }),
      onMessage: (receive) => void webSocket.on('message', readBy(receive, connection, log)),
    },
    connection,
  )
  webSocket.on('error', (error) => log.debug({ err: error }, 'a WebSocket failed'))
  webSocket.once('close', (code, reason) => void closed(code, String(reason)))
}

async function connect(
  { extra: connection, connectionParams = {} }: ConnectionContext,
  { identify, begun, log }: ProtocolOptions,
): Promise<boolean> {
  const { presented } = connection
  try {
    const shown = withAuthorization(presented, connectionParams)
    connection.isOf(shown, await identify(shown))
    begun(connection)
  } catch (error) {
    if (error instanceof RequestRefusal) connection.refuse(error)
    else {
      log.error({ requestId: presented.requestId, err: error }, 'a WebSocket could not begin')
      connection.close(closeCodes.broken)
    }
  }
  return true
}

/** Pages cannot open a WebSocket with headers; so the one that says who they are may come as its first message. */
function withAuthorization(presented: Presented, params: Readonly<Record<string, unknown>>): Presented {
  const given = Object.entries(params).find(([name]) => name.toLowerCase() === 'authorization')?.[1]
  if (given === undefined || given === null) return presented
  return { ...presented, headers: { ...presented.headers, authorization: String(given) } }
}

function readBy(receive: (text: string) => Promise<void>, connection: Connection, log: Logger) {
  return (data: RawData, isBinary: boolean) => {
    if (!connection.isHeard) return
    if (isBinary || hasTooManyParts(data as Buffer)) return connection.close(closeCodes.badMessage)
    receive(String(data)).catch((error: unknown) => {
      log.debug({ err: error }, 'a WebSocket sent what it should not')
      connection.close(closeCodes.badMessage)
    })
  }
}
