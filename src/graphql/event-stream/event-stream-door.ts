import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Session } from '../../federation/session/session.ts'
import { toPresented } from '../../server/caller.ts'
import type { Door, DoorTools } from '../../server/door.ts'
import { RequestRefusal } from '../../server/request-refusal.ts'
import type { SocketQuestion } from '../subscriptions/answer-socket.ts'
import type { LiveDoors } from '../subscriptions/live-doors.ts'
import { EventStream } from './event-stream.ts'

const beatEveryMs = 15_000
const mediaType = 'text/event-stream'

/** `/graphql/stream` for those who cannot open a WebSocket: one operation a request, told as server-sent events. */
export function eventStreamDoor(opened: Promise<LiveDoors>): Door<Session> {
  return {
    name: 'event-stream',
    async open(server, tools) {
      const live = await opened
      const streams = new Set<EventStream>()
      server.post('/graphql/stream', async (request, reply) => {
        const question = readQuestion(request)
        const stream = await openStream(request, reply, question, live, tools)
        if (!stream) return reply.hijack()
        streams.add(stream)
        reply.raw.once('close', () => streams.delete(stream))
        return reply
      })
      const beat = setInterval(() => {
        for (const stream of streams) stream.beat()
      }, beatEveryMs).unref()
      return async () => clearInterval(beat)
    },
  }
}

async function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  question: SocketQuestion,
  { operations, backlogs, seats, vigil }: LiveDoors,
  tools: DoorTools<Session>,
): Promise<EventStream | null> {
  const presented = toPresented(request)
  const caller = await tools.identify(presented)
  // Who has left meanwhile would never be seen leaving.
  if (reply.raw.closed || reply.raw.destroyed) return null
  const leaveSeat = seats.take()
  const { raw } = reply.hijack()
  const stream = new EventStream(raw, backlogs)
  const ended = tools.beginStream(reply, stream)
  const endVigil = vigil.watch({ presented, caller, refused: (refusal) => stream.refuse(refusal) })
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': `${mediaType}; charset=utf-8`,
    'cache-control': 'no-cache, no-transform',
    // nginx would keep back what comes bit by bit.
    'x-accel-buffering': 'no',
  })
  // Some clients wait for a first byte.
  stream.beat()
  const stop = operations.begin(question, { caller, address: presented.address }, stream)
  raw.once('close', () => {
    stop()
    endVigil()
    leaveSeat()
    ended()
  })
  return stream
}

function readQuestion({ headers, body }: FastifyRequest): SocketQuestion {
  if (!(headers.accept ?? '').includes(mediaType)) {
    throw refusal(406, `What is told here is ${mediaType}: send it as Accept.`)
  }
  const { query, variables, operationName } = (isRecord(body) ? body : {}) as Record<string, unknown>
  if (typeof query !== 'string' || query === '')
    throw refusal(400, 'The body has to be JSON with a text `query`.')
  if (!isNothing(variables) && !isRecord(variables)) throw refusal(400, '`variables` has to be an object.')
  if (!isNothing(operationName) && typeof operationName !== 'string') {
    throw refusal(400, '`operationName` has to be a text.')
  }
  return { query, variables: variables ?? {}, operationName: operationName ?? null }
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refusal(status: number, message: string): RequestRefusal {
  return new RequestRefusal(status, message, { code: 'BAD_REQUEST', retryable: false })
}
