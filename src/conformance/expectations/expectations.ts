import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import {
  compareCodePoints,
  type Outcome,
  RegistryError,
  type RegistryErrorCode,
} from '../../contract/index.ts'

/** The value of an outcome that has to be there. */
export function found<T>(outcome: Outcome<T> | undefined, what: string): T {
  assert.ok(outcome !== undefined, `${what}: there is no outcome for it`)
  assert.ok(outcome !== null, `${what}: answered as not there`)
  if (RegistryError.is(outcome)) assert.fail(`${what}: answered ${outcome.code}, ${outcome.message}`)
  return outcome
}

/** The look-up has to say that it is not there, which is not an error. */
export function absent(outcome: Outcome<unknown> | undefined, what: string): void {
  if (RegistryError.is(outcome)) assert.fail(`${what}: answered ${outcome.code}, ${outcome.message}`)
  assert.equal(outcome, null, `${what}: has to be null`)
}

/** All of a call has to end in an error of the contract: it rejects with one, or each of its outcomes is one. */
export async function failure(
  answer: Promise<unknown>,
  what: string,
  codes?: readonly RegistryErrorCode[],
): Promise<void> {
  const errors = await answer.then(
    (value) => (Array.isArray(value) && value.length > 0 ? value : [value]),
    (error: unknown) => [error],
  )
  for (const error of errors) {
    assert.ok(RegistryError.is(error), `${what}: gave ${String(error)}, where it has to give a RegistryError`)
    assert.ok(codes?.includes(error.code) !== false, `${what}: gave ${error.code}, which is not ${codes}`)
  }
}

/** A compare-and-set has to lose, and say what is there. */
export async function conflict(write: Promise<unknown>, current: string | null): Promise<void> {
  await failure(write, 'the write', ['CONFLICT'])
  await write.catch((error: unknown) => {
    assert.ok(RegistryError.is(error))
    assert.equal(error.current, current, 'what CONFLICT says to be there')
  })
}

/** Fails when the promise has not settled 100 ms from now, as this thread sees it. */
export async function soon(
  promise: Promise<unknown>,
  what: string,
  since = 'its signal fired',
): Promise<void> {
  const late = wait(100).then(() => new Promise((resolve) => setImmediate(resolve, 'late')))
  const first = await Promise.race([
    promise.then(
      () => 'settled',
      () => 'settled',
    ),
    late,
  ])
  // Not equal(), which adds the two words that it compared.
  assert.ok(first === 'settled', `${what}: no answer 100 ms after ${since}`)
}

/** The call ends in time, and all of it in the error. */
export async function assertTimeout(answer: Promise<unknown>, what: string): Promise<void> {
  await soon(answer, what)
  await failure(answer, what, ['REGISTRY_TIMEOUT'])
}

/** What is answered to a continuation or hint that is not one: the rule kept, or a clear refusal. */
export async function refusedOrAnswered<Page>(read: Promise<Page>): Promise<Page | null> {
  return read.catch((error: unknown) => {
    assert.ok(RegistryError.is(error), `rejected with ${String(error)}, not a RegistryError`)
    assert.equal(error.code, 'BAD_USER_INPUT', `rejected with ${error.code}: ${error.message}`)
    return null
  })
}

/** Both lists hold the same texts, each as often, in any order. */
export function sameTexts(actual: readonly string[], expected: readonly string[], what: string): void {
  const sort = (texts: readonly string[]) => texts.toSorted(compareCodePoints)
  assert.deepEqual(sort(actual), sort(expected), what)
}

/** Like an array of records sorted by one text of theirs. */
export function sortedBy<T>(rows: readonly T[], key: (row: T) => string): T[] {
  return rows.toSorted((a, b) => compareCodePoints(key(a), key(b)))
}

/** Short enough for a report. */
export function quote(value: unknown): string {
  const written = JSON.stringify(value) ?? String(value)
  return written.length > 120 ? `${written.slice(0, 120)}…` : written
}
