import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { Adapter } from '../../contract/index.ts'
import type { Check, CheckContext } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { assertTimeout, failure, soon } from '../expectations/expectations.ts'

const source = 'modelgate/adapter: Call.signal'
const why = 'The gateway has answered by then; work that goes on takes connections and time from others.'

async function checkDuring({ adapter, truth, call }: CheckContext): Promise<void> {
  for (const [what, read] of everyRead(adapter, truth)) {
    const abort = new AbortController()
    const own = call({ signal: abort.signal, onRequest: () => abort.abort() })
    const answer = read(own)
    await soon(answer, what)
    await answer.catch((error: unknown) => failure(Promise.reject(error), what, ['REGISTRY_TIMEOUT']))
    await read(call())
  }
}

/** Clients may have no more connections, and who waits for one shows nothing of answers. */
const readsAtOnce = 4

/** Of reads that wait for their backend; the signal fires so long after they have asked it. */
export async function assertEndBySignal(
  { truth, call }: CheckContext,
  adapter: Adapter,
  afterMs = 0,
): Promise<void> {
  const reads = everyRead(adapter, truth)
  for (let from = 0; from < reads.length; from += readsAtOnce) {
    const some = reads.slice(from, from + readsAtOnce).map(async ([what, read]) => {
      const abort = new AbortController()
      const asked = Promise.withResolvers<void>()
      const own = call({ signal: abort.signal, onRequest: asked.resolve })
      const answer = read(own)
      answer.catch(() => {})
      await Promise.race([asked.promise, wait(2_000)])
      if (afterMs > 0) await wait(afterMs)
      abort.abort()
      await assertTimeout(answer, what)
    })
    await Promise.all(some)
  }
}

export const cancellationChecks: readonly Check[] = [
  {
    id: 'MG-CANCEL-001',
    level: 'MUST',
    title: 'A call whose signal has fired is REGISTRY_TIMEOUT, without a request',
    needs: [],
    why,
    source,
    async run({ adapter, truth, call }) {
      for (const [what, read] of everyRead(adapter, truth)) {
        if (what === 'describe') continue
        const own = call({ signal: AbortSignal.abort() })
        await assertTimeout(read(own), what)
        assert.equal(own.requests, 0, `${what}: a request was sent after its signal had fired`)
      }
    },
  },
  {
    id: 'MG-CANCEL-002',
    level: 'MUST',
    title: 'A call broken off as it asks ends within 100 ms and harms no later call',
    needs: [],
    why,
    source,
    run: checkDuring,
  },
  {
    id: 'MG-CANCEL-003',
    level: 'MUST',
    title: 'A call to a backend that hangs ends within 100 ms of its signal',
    needs: ['hanging backend'],
    why,
    source,
    run: async (context) => assertEndBySignal(context, await context.connectHanging()),
  },
]
