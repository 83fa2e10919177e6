import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { everyWrite } from '../../expectations/every-write.ts'
import { createTargets } from '../../fixture/version-makers.ts'
import { answeredOrTimeout, justMissedMs } from '../deadlines.ts'

export const writeDeadlineChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WDEADLINE-001',
    level: 'MUST',
    title: 'A write whose deadline has passed is done or REGISTRY_TIMEOUT, and nothing else',
    source: 'modelgate/adapter: Call.deadline',
    why: 'The signal comes by a timer and so a little late; a time left that is negative is no argument of a timer.',
    async run(bench) {
      for (const [what, write] of everyWrite(bench.adapter, await createTargets(bench)))
        await answeredOrTimeout(write(bench.call({ deadline: Date.now() - justMissedMs })), what)
    },
  }),
]
