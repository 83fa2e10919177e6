import { createContext, Script } from 'node:vm'

const context = createContext({ work: null })
const script = new Script('work()')

/**
 * Nothing but V8 itself can break off a computation that gives no turn to anybody, such as a regular expression's.
 *
 * @param work has no effects: it is begun again when it was the machine that was busy and not the work.
 */
export function runBriefly<T>(milliseconds: number, work: () => T, late: () => Error): T {
  const before = process.threadCpuUsage()
  for (;;) {
    context.work = work
    try {
      return script.runInContext(context, { timeout: milliseconds, displayErrors: false }) as T
    } catch (error) {
      if (!isTimeout(error)) throw error
      const { user, system } = process.threadCpuUsage(before)
      if ((user + system) / 1000 >= milliseconds / 2) throw late()
    } finally {
      context.work = null
    }
  }
}

function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  )
}
