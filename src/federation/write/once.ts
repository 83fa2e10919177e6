import { createHash } from 'node:crypto'
import type { CallersKey } from '../../stores/idempotency-records.ts'
import { InputError } from '../errors/input-error.ts'
import { isNothingWritten } from '../errors/is-nothing-written.ts'
import { KeyReusedError } from '../errors/key-reused-error.ts'
import { RegistryFailure, restate } from '../errors/registry-failure.ts'
import type { Session } from '../session/session.ts'
import { callersKey } from '../session/write-coordination.ts'

const usualWaitMs = 60_000
const longestKey = 512

/** By which a write is done once. */
export interface OnceKey {
  /** The same for the same wish of the same caller under the same key, and for no other. */
  readonly key: string
  /** Fires when somebody else may be at the same wish by now. */
  readonly lost: AbortSignal
}

/** What a write that is done once knows of itself. */
export interface Once<Memo> extends OnceKey {
  readonly memo: Memo
}

/** A write that is done once for each key of a caller, however often it is asked for. */
export interface OnceOnly<Memo, Answer> {
  readonly operation: string
  readonly idempotencyKey: string | null
  /** How long to wait for the same write under the same key that is under way; a minute when left out. */
  readonly waitMs?: number
  /** Everything that has to be the same under the same key, however it is spelled: in one form. */
  readonly arguments: unknown
  /** Notes what is there before, by which {@link recover} tells whether the write was done. */
  prepare(): Promise<Memo>
  /** `once`: null without an idempotency key. */
  perform(once: Once<Memo> | null): Promise<Answer>
  /** After an attempt that nobody has seen the end of. Null: it was not done. */
  recover(memo: Memo): Promise<Answer | null>
}

/** Whether a failed write has left no trace, and nobody else is at the same wish, whose traces would be taken for it. */
export function mayBeUndone(error: unknown, once: OnceKey | null): boolean {
  return isNothingWritten(error) && !once?.lost.aborted
}

export interface DoneOnce<Answer> {
  readonly answer: Answer
  /** Whether it was done before, by an earlier try under the same key. */
  readonly isReplay: boolean
}

/** Answers must be plain data: they are kept. @throws KeyReusedError */
export async function onceOnly<Memo, Answer>(
  session: Session,
  write: OnceOnly<Memo, Answer>,
): Promise<DoneOnce<Answer>> {
  if (write.idempotencyKey === null) return { answer: await write.perform(null), isReplay: false }
  assertKey(write.idempotencyKey)
  const key = callersKey(session.caller, write.idempotencyKey)
  const name = digestOf([key.caller, key.key])
  const { leases } = session.federation.coordination
  const waitMs = session.remaining(write.waitMs ?? usualWaitMs)
  return leases.run(`idempotency ${name}`, waitMs, (lost) => {
    session.renew()
    const digest = digestOf([write.operation, write.arguments])
    return performOnce(session, write, { key, digest }, { key: digestOf([name, digest]), lost })
  })
}

async function performOnce<Memo, Answer>(
  session: Session,
  write: OnceOnly<Memo, Answer>,
  { key, digest }: { readonly key: CallersKey; readonly digest: string },
  onceKey: OnceKey,
): Promise<DoneOnce<Answer>> {
  const { records } = session.federation.coordination
  const before = await records.find(key)
  if (before && before.digest !== digest) throw new KeyReusedError(key.key)
  if (before?.answer != null) return { answer: JSON.parse(before.answer) as Answer, isReplay: true }
  const memo = before ? (JSON.parse(before.memo ?? 'null') as Memo) : await write.prepare()
  const done = before && (await write.recover(memo))
  if (!before) await records.begin(key, digest, JSON.stringify(memo))
  const once = { ...onceKey, memo }
  // An earlier try may still be under way in a slow registry: whatever comes of this one, that one is not forgotten.
  const answer = done ?? (before ? await attempt(write, once) : await attemptFirst(session, write, key, once))
  await keep(session, () => records.answer(key, JSON.stringify(answer)))
  return { answer, isReplay: done !== null }
}

async function attempt<Memo, Answer>(write: OnceOnly<Memo, Answer>, once: Once<Memo>): Promise<Answer> {
  try {
    return await write.perform(once)
  } catch (error) {
    throw mayBeUndone(error, once) ? error : repeatable(error)
  }
}

/** Where it is certain that nothing was written, the key is free again. */
async function attemptFirst<Memo, Answer>(
  session: Session,
  write: OnceOnly<Memo, Answer>,
  key: CallersKey,
  once: Once<Memo>,
): Promise<Answer> {
  try {
    return await attempt(write, once)
  } catch (error) {
    if (mayBeUndone(error, once))
      await keep(session, () => session.federation.coordination.records.forget(key))
    throw error
  }
}

/** The write is done, or not, whatever becomes of the note of it: without one the next try finds out by itself. */
async function keep(session: Session, note: () => Promise<void>): Promise<void> {
  try {
    await note()
  } catch (error) {
    session.federation.log.warn({ err: error }, 'the outcome of a write could not be noted')
  }
}

function repeatable(failure: unknown): unknown {
  if (!(failure instanceof RegistryFailure)) return failure
  // This try has written nothing, and may have lost its right to another one under the same key.
  const others = isNothingWritten(failure) ? ' Whether it was written by another try is not known.' : ''
  const message = `${failure.message}${others} Ask again with the same idempotencyKey: it is not done twice.`
  return restate(failure, { message, retryable: true, nothingWritten: false })
}

function assertKey(key: string): void {
  if (key !== '' && key.length <= longestKey && key.isWellFormed() && !key.includes('\0')) return
  throw new InputError(
    'idempotencyKey',
    `An idempotencyKey has 1 to ${longestKey} characters, none of them NUL.`,
  )
}

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
