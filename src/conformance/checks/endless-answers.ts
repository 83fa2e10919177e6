import assert from 'node:assert/strict'
import type { Check } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { failure } from '../expectations/expectations.ts'
import { hugeBytes } from '../faults/fault.ts'
import { assertEndBySignal } from './cancellation.ts'

/** The head of an answer has come by then. */
const headMs = 100

/** Time enough to take it all on a slow machine, and not to wait for what never comes. */
const hugeMs = 10_000

export const endlessAnswerChecks: readonly Check[] = [
  {
    id: 'MG-FAULT-014',
    level: 'MUST',
    title: 'A read whose answer never ends is over within 100 ms of its signal',
    needs: ['faulty backend'],
    source: 'modelgate/adapter: Call.signal',
    why: 'An answer that has begun keeps its connection, and what was read of it its memory, until somebody hangs up.',
    run: async (context) => assertEndBySignal(context, await context.connectFaulty('endless'), headMs),
  },
  {
    id: 'MG-FAULT-015',
    level: 'SHOULD',
    title: `An answer of ${hugeBytes / 1024 / 1024} MiB about models is REGISTRY_ERROR before it has ended`,
    needs: ['faulty backend'],
    source: 'modelgate/adapter: RegistryErrorCode',
    why: 'One backend that sends without end would take the memory of the gateway, and all other registries with it.',
    async run({ connectFaulty, truth, call }) {
      const adapter = await connectFaulty('huge')
      // One at a time, as an adapter without a limit holds all of it.
      for (const [what, read] of everyRead(adapter, truth)) {
        const own = call({ signal: AbortSignal.timeout(hugeMs), deadline: Date.now() + hugeMs })
        const answer = read(own)
        const isAnswered = await answer.then(
          () => own.requests > 0,
          () => true,
        )
        if (isAnswered) await failure(answer, what, ['REGISTRY_ERROR'])
        assert.ok(!own.signal.aborted, `${what}: went on until its deadline`)
      }
    },
  },
]
