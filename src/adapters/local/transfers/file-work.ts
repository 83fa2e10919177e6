import type { Stats } from 'node:fs'
import { lstat } from 'node:fs/promises'
import { type Call, RegistryError } from '../../../contract/index.ts'
import { untilAborted } from '../../../timing/until-aborted.ts'
import { type LocalRegistry, toBrokenOff } from '../registry.ts'

/** Work on files, left as soon as nobody waits for it any more; what goes wrong is a RegistryError. */
export async function runFileWork<T>(
  registry: LocalRegistry,
  call: Call,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([call.signal, registry.closed])
  let begun = false
  try {
    signal.throwIfAborted()
    begun = true
    return await untilAborted(work(signal), signal)
  } catch (cause) {
    throw toFileError(registry, call, cause, !begun)
  }
}

export function toFileError(
  registry: LocalRegistry,
  call: Call,
  cause: unknown,
  nothingWritten = false,
): RegistryError {
  if (RegistryError.is(cause)) return cause
  const brokenOff = toBrokenOff(registry, call, { cause, nothingWritten })
  if (brokenOff !== null) return brokenOff
  const files = `The files of the registry "${registry.name}"`
  switch (codeOf(cause)) {
    case 'ENAMETOOLONG':
      return new RegistryError('BAD_USER_INPUT', 'The name of a file is too long to be kept.', { cause })
    case 'ENOSPC':
    case 'EDQUOT':
      return new RegistryError('REGISTRY_ERROR', `${files} have no space left.`, { cause })
    default:
      return new RegistryError('REGISTRY_ERROR', `${files} cannot be read or written.`, { cause })
  }
}

/** Of the place itself, not of what a link leads to. */
export async function getStatus(path: string): Promise<Stats | null> {
  try {
    return await lstat(path)
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

export function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error))
}

/** Of a folder that is to go. */
export function isInUse(error: unknown): boolean {
  return ['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
