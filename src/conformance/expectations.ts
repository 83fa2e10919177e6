import assert from 'node:assert/strict'
import { compareCodePoints, type Outcome, RegistryError, type RegistryErrorCode } from '../contract/index.ts'

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

/** The error a call rejects with, which has to be one of the contract's. */
export async function rejection(
  promise: Promise<unknown>,
  what: string,
  codes?: readonly RegistryErrorCode[],
): Promise<RegistryError> {
  const settled = await promise.then(
    () => null,
    (error: unknown) => ({ error }),
  )
  assert.ok(settled !== null, `${what}: answered, where it has to reject`)
  assert.ok(
    RegistryError.is(settled.error),
    `${what}: rejected with ${String(settled.error)}, not a RegistryError`,
  )
  if (codes !== undefined)
    assert.ok(codes.includes(settled.error.code), `${what}: rejected with ${settled.error.code}`)
  return settled.error
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
