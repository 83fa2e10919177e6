import assert from 'node:assert/strict'
import { RegistryError } from '../../contract/index.ts'
import type { CheckContext } from '../check.ts'

/** Names the secret by its place in the list: the report is shown around too. */
export function assertNoSecret({ secrets }: Pick<CheckContext, 'secrets'>, text: string, what: string): void {
  for (const [index, secret] of secrets.entries())
    assert.ok(!text.includes(secret), `${what}: holds the secret number ${index + 1}`)
}

/** In what the gateway shows of whatever the call ends in: what it throws, and its outcomes that are errors. */
export async function assertNoSecretInErrors(
  context: Pick<CheckContext, 'secrets'>,
  what: string,
  answer: Promise<unknown>,
): Promise<void> {
  const ends = await answer.then(
    (value) => [value].flat().filter((outcome) => RegistryError.is(outcome)),
    (error: unknown) => [error],
  )
  for (const end of ends) {
    assertNoSecret(context, String(end), what)
    if (RegistryError.is(end)) assertNoSecret(context, `${end.current}`, what)
  }
}
