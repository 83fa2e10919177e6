import { type Call, RegistryError } from '../../contract/index.ts'

const mebibyte = 1024 * 1024

/** Of one answer about models: more than any honest page, and little enough to be held. */
export const largestAnswer = 8 * mebibyte

/** Of the answers to one call together: lists may go on for ever, too. */
const mostOfCall = 32 * mebibyte

/** What is read of an answer that says what went wrong; nobody reads more of it. */
export const largestRefusal = 256 * 1024

const received = new WeakMap<Call, number>()

/** @throws RegistryError REGISTRY_ERROR when the registry has said more than a call may make it say. */
export function countAnswer(call: Call, bytes: number): void {
  const sum = (received.get(call) ?? 0) + bytes
  received.set(call, sum)
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
