import { readChecks } from '../../src/conformance/checks/index.ts'
import { writeChecks } from '../../src/conformance/checks/writes/index.ts'
import { type Check, type FaultyBackend, runChecks } from '../../src/conformance/index.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { startEchoServer } from './echo-server.ts'
import { createHangingAdapter } from './hanging-adapter.ts'
import { createHttpAdapter, secretToken } from './http-adapter.ts'
import { hideModel } from './memory/hide-model.ts'
import { createMemoryStore, type MemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter, type MemoryAdapter } from './memory-adapter.ts'
import { wrongReaders } from './wrong-readers/index.ts'
import { wrongWriters } from './wrong-writers/index.ts'

export interface WrongAdapter {
  readonly wrong: string
  /** The check that is meant for it, and those that follow from it. */
  readonly fails: readonly string[]
  spoil(adapter: MemoryAdapter, store: MemoryStore): Adapter
  readonly connectHanging?: () => Adapter
  readonly connectFaulty?: (backend: FaultyBackend) => Adapter
  /** Where it is wrong only with rows that come over HTTP: they do, by way of an echo at the URL. */
  readonly connectRows?: (adapter: MemoryAdapter, url: string) => Adapter
}

/** Wrong adapters with the checks that they are run against. */
export interface Cage {
  readonly about: string
  readonly adapters: readonly WrongAdapter[]
  readonly checks: readonly Check[]
}

export const zoo: readonly Cage[] = [
  { about: 'Reads', adapters: wrongReaders, checks: readChecks },
  { about: 'Writes', adapters: wrongWriters, checks: writeChecks },
]

/** The ids of the checks that it fails, sorted. */
export async function failedChecks(
  checks: readonly Check[],
  { spoil, connectHanging, connectFaulty, connectRows }: Omit<WrongAdapter, 'wrong' | 'fails'>,
): Promise<string[]> {
  let store: MemoryStore
  const echo = connectRows && (await startEchoServer())
  const { results } = await runChecks({
    checks,
    effort: 'quick',
    connect: () => spoil(createMemoryAdapter(store), store),
    // The others would all be run against the same two adapters, which are right.
    ...(connectHanging && { connectHanging }),
    ...(connectFaulty && { connectFaulty, connectHanging: createHangingAdapter }),
    ...(connectRows &&
      echo && {
        backendUrl: echo.url,
        connectFaulty: ({ fault, url }: FaultyBackend) =>
          fault === 'spoilt-row' ? connectRows(createMemoryAdapter(store), url) : createHttpAdapter(url),
      }),
    secrets: [secretToken],
    seed(fixture) {
      store = createMemoryStore(fixture)
      const hidden = [hideModel(store, `${fixture.prefix}hidden`)]
      return { stored: fixture, notStored: [], hidden, ...(echo && { remove: echo.close }) }
    },
  })
  const failed = results.filter(({ state }) => state === 'failed' || state === 'warned')
  return failed.map(({ id }) => id).toSorted()
}
