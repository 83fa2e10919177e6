import type { FastifyInstance } from 'fastify'
import type { Door, DoorTools, RequestSession } from './door.ts'

/** One after the other. Answers what closes them all. */
export async function openDoors<Session extends RequestSession>(
  server: FastifyInstance,
  doors: readonly Door<Session>[],
  tools: DoorTools<Session>,
): Promise<() => Promise<void>> {
  const closes: (() => Promise<void>)[] = []
  for (const door of doors) {
    await server.register(async (own) => {
      closes.push(await open(door, own, tools))
    })
  }
  return async () => {
    for (const close of closes) await close()
  }
}

async function open<Session extends RequestSession>(
  door: Door<Session>,
  own: FastifyInstance,
  tools: DoorTools<Session>,
) {
  try {
    return await door.open(own, tools)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The door "${door.name}" does not open: ${reason}`, { cause })
  }
}
