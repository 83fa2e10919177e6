import assert from 'node:assert/strict'
import type { Check } from '../check.ts'
import { quote } from '../expectations/expectations.ts'
import { followFeed, pageOfFeed, startOfFeed } from '../expectations/followed-feed.ts'

const source = 'modelgate/adapter: ChangeReads.since'

export const changeReadChecks: readonly Check[] = [
  {
    id: 'MG-CHANGE-001',
    level: 'MUST',
    title: 'A feed of changes begins where it is now, without any changes',
    needs: ['changes'],
    source,
    why: 'The gateway reads the whole registry after that; what it is told of besides it reads twice.',
    async run({ adapter, call }) {
      const page = await pageOfFeed(adapter, null, call)
      assert.ok(page !== null, 'changes.since gave null for a null cursor')
      assert.deepEqual({ models: page.models, more: page.more }, { models: [], more: false })
    },
  },
  {
    id: 'MG-CHANGE-002',
    level: 'MUST',
    title: 'A cursor of a feed holds for another adapter of the registry',
    needs: ['changes'],
    source,
    why: 'A gateway that was started again goes on where it was, and so does another one in its place.',
    async run({ adapter, connect, call }) {
      const cursor = await startOfFeed({ adapter, call })
      await followFeed({ adapter: await connect(), call }, cursor)
    },
  },
  {
    id: 'MG-CHANGE-003',
    level: 'MUST',
    title: 'To a cursor that a feed never gave it answers null',
    needs: ['changes'],
    source,
    why: 'The registry may have been set back; then it is read whole, instead of failing for ever or missing changes.',
    async run({ adapter, call }) {
      for (const cursor of ['', 'no such cursor', 'nul\u0000', 'x'.repeat(3000)])
        assert.equal(await pageOfFeed(adapter, cursor, call), null, `changes.since ${quote(cursor)}`)
    },
  },
]
