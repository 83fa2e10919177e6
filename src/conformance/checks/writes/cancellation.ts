import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import { RegistryError } from '../../../contract/index.ts'
import { writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { everyWrite } from '../../expectations/every-write.ts'
import { assertTimeout } from '../../expectations/expectations.ts'
import { assertNoModel, stateOf } from '../../expectations/written-rows.ts'
import { createTargets } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: Call.signal'

export const writeCancellationChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WCANCEL-001',
    level: 'MUST',
    title: 'A write whose signal has fired is REGISTRY_TIMEOUT, without a request, and changes nothing',
    source,
    why: 'The client has been told by then that it was not done.',
    async run(bench) {
      const targets = await createTargets(bench)
      const before = await stateOf(bench, targets.version.model)
      for (const [what, write] of everyWrite(bench.adapter, targets)) {
        const own = bench.call({ signal: AbortSignal.abort() })
        await assertTimeout(write(own), what)
        assert.equal(own.requests, 0, `${what}: a request was sent after its signal had fired`)
      }
      assert.deepEqual(await stateOf(bench, targets.version.model), before)
      await assertNoModel(bench, targets.newName)
    },
  }),
  writeCheck({
    id: 'MG-WCANCEL-002',
    level: 'SHOULD',
    title: 'A write that was never sent says that nothing was written',
    source: 'modelgate/adapter: RegistryErrorOptions.nothingWritten',
    why: 'The client may repeat it without a thought, and the gateway need not look what became of it.',
    async run(bench) {
      for (const [what, write] of everyWrite(bench.adapter, await createTargets(bench))) {
        const answer = write(bench.call({ signal: AbortSignal.abort() }))
        const error: unknown = await answer.catch((thrown: unknown) => thrown)
        assert.ok(RegistryError.is(error) && error.nothingWritten, `${what}: the outcome counts as unknown`)
      }
    },
  }),
  writeCheck({
    id: 'MG-WCANCEL-003',
    level: 'MUST',
    title: 'A write to a backend that hangs ends within 100 ms of its signal',
    needs: ['hanging backend'],
    source,
    why: 'The gateway has answered by then; work that goes on takes connections and time from others.',
    async run(bench) {
      const targets = await createTargets(bench)
      for (const [what, write] of everyWrite(await bench.connectHanging(), targets)) {
        if (what === 'imports.begin') continue
        const abort = new AbortController()
        const asked = Promise.withResolvers<void>()
        const answer = write(bench.call({ signal: abort.signal, onRequest: asked.resolve }))
        answer.catch(() => {})
        await Promise.race([asked.promise, wait(2_000)])
        abort.abort()
        await assertTimeout(answer, what)
      }
    },
  }),
]
