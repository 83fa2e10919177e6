import assert from 'node:assert/strict'
import { lookUp } from '../../../contract/facet-places.ts'
import { facets } from '../../../contract/facets.ts'
import { tagLevelOf } from '../../../contract/index.ts'
import { type WriteBench, writeCheck } from '../../bench/write-bench.ts'
import type { Check } from '../../check.ts'
import { everyWrite } from '../../expectations/every-write.ts'
import { failure, found } from '../../expectations/expectations.ts'
import { assertNoModel, stateOf } from '../../expectations/written-rows.ts'
import { legalTags, sample } from '../../fixture/accepted-texts.ts'
import { createTargets } from '../../fixture/version-makers.ts'

const source = 'modelgate/adapter: RegistryWrites'

/** Names and versions that a client may send and that are nowhere. */
const oddTexts = ['', ' ', '..', `'"`, '%', 'a/b', '-1', 'nul\u0000', '\ud800', 'x'.repeat(3000)]

async function checkRefusals(bench: WriteBench): Promise<void> {
  const { truth, writes, call } = bench
  const codes = ['NOT_FOUND', 'BAD_USER_INPUT'] as const
  const { model } = await bench.createVersion(await bench.createModel())
  const tags = legalTags(bench, [{ key: 'team', value: 'fraud' }])
  const { models, versions } = writes
  for (const odd of sample(bench, oddTexts, 5)) {
    const name = odd === '' ? '' : `${truth.prefix}w-none-${odd}`
    const key = { model, version: odd }
    if (writes.models.describe) await failure(bench.describeModel(name, 'New.'), 'models.describe', codes)
    const tagging = models.setTags?.(name, tags, call())
    if (tagging) await failure(tagging, 'models.setTags', codes)
    const nowhere = { model: name, version: '1' }
    if (writes.versions.describe)
      await failure(bench.describeVersion(nowhere, 'New.'), 'versions.describe', codes)
    const taggingVersion = versions.setTags?.(key, tags, call())
    if (taggingVersion) await failure(taggingVersion, 'versions.setTags', codes)
    if (writes.aliases) await failure(bench.setAlias(key, 'champion'), 'aliases.set', codes)
  }
}

export const writeFacetChecks: readonly Check[] = [
  writeCheck({
    id: 'MG-WRITE-001',
    level: 'MUST',
    title: 'Aliases and stages are written only where they are read',
    source: 'modelgate/adapter: Adapter',
    why: 'A mutation answers with what is read back; half of a capability misleads.',
    async run({ adapter, writes, description: { stages } }) {
      if (writes.aliases) assert.ok(adapter.aliases, 'there are writes of aliases, and no reads')
      if (writes.stages) assert.ok(stages.length > 0, 'there are writes of stages, and no stages')
    },
  }),
  {
    id: 'MG-WRITE-002',
    level: 'MUST',
    title: 'A registry without writes copies nothing and takes no files in',
    needs: ['no writes'],
    source: 'modelgate/adapter: Adapter',
    why: 'A registry that is read-only is so in everything.',
    async run({ adapter }) {
      for (const [name, { inReadOnly }] of Object.entries(facets))
        if (!inReadOnly) assert.equal(lookUp(adapter, [name]), undefined, name)
    },
  },
  writeCheck({
    id: 'MG-WRITE-003',
    level: 'MUST',
    title: 'What was written is there at once for another adapter of the registry',
    source,
    why: 'Several gateways stand before one registry, and none of them owns it.',
    async run(bench) {
      const { connect, call } = bench
      const other = await connect()
      const key = await bench.createVersion(await bench.createModel({ description: 'New.' }))
      const { setTags } = bench.writes.versions
      const tags = setTags ? legalTags(bench, [{ key: 'team', value: 'fraud' }]) : []
      if (tags.length > 0) await bench.writes.versions.setTags?.(key, tags, call())
      const [model] = await other.models.get([key.model], call())
      assert.equal(found(model, 'the model').description, 'New.')
      const [version] = await other.versions.get([key], call())
      assert.deepEqual(found(version, 'the version').tags, tags)
    },
  }),
  writeCheck({
    id: 'MG-WRITE-004',
    level: 'MUST',
    title: 'Writes need no describe and no read first',
    source: 'modelgate/adapter: Adapter.describe',
    why: 'The first request after a start may be any.',
    async run(bench) {
      const targets = await createTargets(bench)
      for (const [, write] of everyWrite(await bench.connect(), targets)) await write(bench.call())
    },
  }),
  writeCheck({
    id: 'MG-WRITE-005',
    level: 'MUST',
    title: 'A write after close fails with a RegistryError and changes nothing',
    source: 'modelgate/adapter: Adapter.close',
    why: 'It is answered as an unreachable registry and not as a fault of the gateway.',
    async run(bench) {
      const targets = await createTargets(bench)
      const before = await stateOf(bench, targets.version.model)
      const closed = await bench.connect()
      await closed.close()
      for (const [what, write] of everyWrite(closed, targets)) await failure(write(bench.call()), what)
      assert.deepEqual(await stateOf(bench, targets.version.model), before)
      await assertNoModel(bench, targets.newName)
    },
  }),
  writeCheck({
    id: 'MG-WRITE-006',
    level: 'MUST',
    title: 'A write to what no backend can hold is NOT_FOUND or BAD_USER_INPUT',
    source,
    why: 'Names and versions come from clients; an odd one is not a fault of the registry.',
    run: checkRefusals,
  }),
  writeCheck({
    id: 'MG-WRITE-007',
    level: 'MUST',
    title: 'Every write counts its requests',
    source: 'modelgate/adapter: Call.countRequest',
    why: 'The explain header and the tests of leanness go by this count.',
    async run(bench) {
      for (const [what, write] of everyWrite(bench.adapter, await createTargets(bench))) {
        const own = bench.call()
        await write(own)
        if (what !== 'imports.begin') assert.ok(own.requests >= 1, `${what} counts no request`)
      }
    },
  }),
  writeCheck({
    id: 'MG-WRITE-008',
    level: 'MUST',
    title: 'Tags that can be set can be deleted, and none are set where the registry keeps none',
    source: 'modelgate/adapter: ModelWrites, VersionWrites',
    why: 'The gateway refuses what is not there before it asks; a half would be refused in the middle.',
    async run({ adapter, description, writes }) {
      for (const [what, { setTags, deleteTags }] of Object.entries({
        models: writes.models,
        versions: writes.versions,
      })) {
        assert.equal(typeof setTags, typeof deleteTags, `setTags and deleteTags of ${what}`)
        if (tagLevelOf(adapter, description) === 'NONE')
          assert.equal(setTags, undefined, `setTags of ${what}, though levels.tags is NONE`)
      }
    },
  }),
]
