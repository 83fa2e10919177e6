import assert from 'node:assert/strict'
import type { Check } from '../../check.ts'
import { failingWrites, registryErrors } from '../../faults/failing-calls.ts'
import { backendWords } from '../../faults/fault.ts'
import { codeChecks, type FaultSubject } from '../faults.ts'

const writes: FaultSubject = { idOf: (number) => `MG-WFAULT-${number}`, noun: 'write', calls: failingWrites }

const needs = ['writes', 'faulty backend'] as const

export const writeFaultChecks: readonly Check[] = [
  ...codeChecks(writes).map((check): Check => ({ ...check, needs })),
  {
    id: 'MG-WFAULT-009',
    level: 'MUST',
    title: 'No message of a write holds what the backend said in a 5xx answer',
    needs,
    source: 'modelgate/adapter: RegistryError.message',
    why: 'Messages are shown to clients, and such answers hold statements, paths and stacks.',
    async run(context) {
      for (const [what, { message }] of registryErrors(
        await failingWrites(context, ['http-500-json', 'http-503']),
      ))
        assert.ok(!message.includes(backendWords), `${what}: its message repeats the backend: ${message}`)
    },
  },
  {
    id: 'MG-WFAULT-010',
    level: 'SHOULD',
    title: 'A write whose connection is refused says that nothing was written',
    needs,
    source: 'modelgate/adapter: RegistryErrorOptions.nothingWritten',
    why: 'The client may repeat it without a thought, and the gateway need not look what became of it.',
    async run(context) {
      for (const [what, error] of registryErrors(await failingWrites(context, ['refused'])))
        assert.ok(error.nothingWritten, `${what}: the outcome counts as unknown`)
    },
  },
]
