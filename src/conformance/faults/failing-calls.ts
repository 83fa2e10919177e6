import assert from 'node:assert/strict'
import { RegistryError, type RegistryErrorCode } from '../../contract/index.ts'
import type { CheckContext, CountedCall } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { everyWrite, type WriteTargets } from '../expectations/every-write.ts'
import type { Fault } from './fault.ts'

/** One call to a backend that fails. */
export interface FailingCall {
  /** Such as `models.get with http-502`. */
  readonly what: string
  /** What it threw, or its outcomes that are errors. */
  readonly errors: readonly unknown[]
  /** Something else than errors came, though the backend was asked. */
  readonly isAnswered: boolean
}

type Calls = readonly (readonly [string, (call: CountedCall) => Promise<unknown>])[]

/** Every read with each of the faults. */
export function failingReads(context: CheckContext, faults: readonly Fault[]): Promise<FailingCall[]> {
  return failingCalls(context, faults, (adapter) => everyRead(adapter, context.truth))
}

/** Every write with each of the faults, on what need not be there. */
export function failingWrites(context: CheckContext, faults: readonly Fault[]): Promise<FailingCall[]> {
  const { truth, description } = context
  const targets: WriteTargets = {
    version: { model: `${truth.prefix}w-fault`, version: '1' },
    source: 's3://bucket/conformance/1',
    stage: description.stages.at(-1) ?? '',
    newName: `${truth.prefix}w-fault-new`,
    otherName: `${truth.prefix}w-fault-other`,
  }
  return failingCalls(context, faults, (adapter) => everyWrite(adapter, targets))
}

/** All calls at once: clients that try again by themselves take their time. */
async function failingCalls(
  { connectFaulty, call }: CheckContext,
  faults: readonly Fault[],
  callsOf: (adapter: Awaited<ReturnType<CheckContext['connectFaulty']>>) => Calls,
): Promise<FailingCall[]> {
  const all: FailingCall[] = []
  for (const fault of faults) {
    const adapter = await connectFaulty(fault)
    const calls = callsOf(adapter).map(([what, work]) => settle(`${what} with ${fault}`, work, call()))
    all.push(...(await Promise.all(calls)))
  }
  return all
}

async function settle(
  what: string,
  work: (call: CountedCall) => Promise<unknown>,
  call: CountedCall,
): Promise<FailingCall> {
  try {
    const value = await work(call)
    const outcomes = Array.isArray(value) ? value : [value]
    const errors = outcomes.filter((outcome) => RegistryError.is(outcome))
    const isFailed = errors.length > 0 && errors.length === outcomes.length
    return { what, errors, isAnswered: call.requests > 0 && !isFailed }
  } catch (error) {
    return { what, errors: [error], isAnswered: false }
  }
}

/** Everything ended in an error of one of the codes; what needs nothing of the backend may be answered. */
export function assertCodes(calls: readonly FailingCall[], ...codes: readonly RegistryErrorCode[]): void {
  for (const { what, errors, isAnswered } of calls) {
    assert.ok(!isAnswered, `${what}: was answered as if all were well`)
    for (const error of errors) {
      assert.ok(
        RegistryError.is(error),
        `${what}: gave ${String(error)}, where it has to give a RegistryError`,
      )
      assert.ok(
        codes.includes(error.code),
        `${what}: gave ${error.code}, where it has to be ${codes.join(' or ')}`,
      )
    }
  }
}

/** The errors of the contract among them, with the call they came from. */
export function registryErrors(calls: readonly FailingCall[]): (readonly [string, RegistryError])[] {
  return calls.flatMap(({ what, errors }) =>
    errors.flatMap((error) => (RegistryError.is(error) ? [[what, error] as const] : [])),
  )
}
