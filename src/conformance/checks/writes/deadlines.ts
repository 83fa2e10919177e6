import type { Check } from '../../check.ts'
import { everyWrite } from '../../every-write.ts'
import { createTargets } from '../../version-makers.ts'
import { writeCheck } from '../../write-bench.ts'
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
