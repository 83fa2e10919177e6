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

export function timedOut(registry: string, milliseconds: number): RegistryError {
  return new RegistryError('REGISTRY_TIMEOUT', `"${registry}" did not answer within ${milliseconds} ms.`)
}
