import { RegistryError } from '../../contract/index.ts'

/** Aborts `controller` for `reason` when the work takes longer. */
export async function withinTime<T>(
  controller: AbortController,
  milliseconds: number,
  reason: () => RegistryError,
  work: () => Promise<T>,
): Promise<T> {
  const timer = setTimeout(() => controller.abort(reason()), milliseconds)
  try {
    return await work()
  } finally {
    clearTimeout(timer)
  }
}

/** The registry had the whole time that its configuration gives it. Every other time that runs out is a client's. */
export class BudgetSpentError extends RegistryError {
  constructor(registry: string, milliseconds: number) {
    super('REGISTRY_TIMEOUT', `"${registry}" did not answer within ${milliseconds} ms.`)
  }
}

/** @param deadlineMs the request's own that is over; null: the registry's budget is. */
export function deadlineMissed(
  { name, timeoutMs }: { readonly name: string; readonly timeoutMs: number },
  deadlineMs: number | null,
): RegistryError {
  if (deadlineMs === null) return new BudgetSpentError(name, timeoutMs)
  return new RegistryError(
    'REGISTRY_TIMEOUT',
    `The request's own deadline of ${deadlineMs} ms was over before "${name}" answered; see modelgate-deadline-ms.`,
  )
}
