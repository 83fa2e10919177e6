import { digestOf } from './cursor.ts'
import type { Session } from './session.ts'

/** The same for all events, whatever was asked: a cursor is a place in the one log. */
const binding = digestOf(['events'])
const nowhere = { registry: '', name: '', version: null, hints: {}, incomplete: false }

/** An event's number as its id has it: who could read two of them could count what happened between. */
export function sealEvent({ federation }: Session, seq: number): string {
  return federation.cursors.seal(String(seq))
}

/** Null when it is none of an event. */
export function unsealEvent({ federation }: Session, sealed: string): number | null {
  const seq = federation.cursors.unseal(sealed)
  return seq !== null && /^[1-9][0-9]{0,14}$/.test(seq) ? Number(seq) : null
}

export function eventCursor({ federation }: Session, seq: number): string {
  return federation.cursors.encode(binding, { ...nowhere, values: [seq] }, true)
}

/** @throws InputError when it is none of an event. */
export function placeOfCursor({ federation }: Session, cursor: string, field: string): number {
  return Number(federation.cursors.decode(binding, cursor, field).values[0])
}
