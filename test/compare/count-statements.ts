import { vi } from 'vitest'
import type { GatewayDatabase } from '../../src/state/database.ts'

/** How many statements a piece of work sends to a database. */
export async function countStatements(
  { queries }: GatewayDatabase,
  work: () => Promise<unknown>,
): Promise<number> {
  let owner: object = queries.getExecutor()
  while (!Object.hasOwn(owner, 'executeQuery')) owner = Object.getPrototypeOf(owner) as object
  const sent = vi.spyOn(owner as { executeQuery(): unknown }, 'executeQuery')
  try {
    await work()
    return sent.mock.calls.length
  } finally {
    sent.mockRestore()
  }
}
