import { type Call, RegistryError } from '../../contract/index.ts'

const mebibyte = 1024 * 1024

/** Of one answer about models: more than any honest page, and little enough to be held. */
export const largestAnswer = 8 * mebibyte

/** Of the answers to one call together: lists may go on for ever, too. */
const mostOfCall = 32 * mebibyte

/** What is read of an answer that says what went wrong; nobody reads more of it. */
export const largestRefusal = 256 * 1024

/** Stands on the call, as a weak map of calls gives the garbage collector much to do. */
const received = Symbol('received bytes')

/** @throws RegistryError REGISTRY_ERROR when the registry has said more than a call may make it say. */
export function countAnswer(call: Call, bytes: number): void {
  const counted = call as Call & { [received]?: number }
  const sum = (counted[received] ?? 0) + bytes
  counted[received] = sum
  if (sum <= mostOfCall) return
  throw new RegistryError(
    'REGISTRY_ERROR',
    `The registry sent more than ${mostOfCall / mebibyte} MiB for one request: there is no end of it, or the request has to ask for less.`,
  )
}

export function tooLarge(maxBytes: number): RegistryError {
  const size = maxBytes < mebibyte ? `${maxBytes} bytes` : `${maxBytes / mebibyte} MiB`
  return new RegistryError(
    'REGISTRY_ERROR',
    `The registry sent an answer of more than ${size}, which is not read.`,
  )
}
