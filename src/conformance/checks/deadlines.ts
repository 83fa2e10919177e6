import type { Check } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { failure } from '../expectations/expectations.ts'

/** Far from any clock's own resolution, and still a deadline that has only just been missed. */
export const justMissedMs = 250

/** It may be answered all the same; what it may not be is a failure of another kind. */
export async function answeredOrTimeout(answer: Promise<unknown>, what: string): Promise<void> {
  await answer.catch((error: unknown) =>
    failure(Promise.reject(error), `${what} after its deadline`, ['REGISTRY_TIMEOUT']),
  )
}

export const deadlineChecks: readonly Check[] = [
  {
    id: 'MG-DEADLINE-001',
    level: 'MUST',
    title: 'A read whose deadline has passed is answered or REGISTRY_TIMEOUT, and nothing else',
    needs: [],
    source: 'modelgate/adapter: Call.deadline',
    why: 'The signal comes by a timer and so a little late; a time left that is negative is no argument of a timer.',
    async run({ adapter, truth, call }) {
      for (const [what, read] of everyRead(adapter, truth))
        await answeredOrTimeout(read(call({ deadline: Date.now() - justMissedMs })), what)
    },
  },
]
