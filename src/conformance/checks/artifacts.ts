import assert from 'node:assert/strict'
import { RegistryError } from '../../contract/index.ts'
import type { Check } from '../check.ts'
import { need } from '../check.ts'
import { absent, found, quote } from '../expectations/expectations.ts'
import { versionKeys } from '../fixture/truth.ts'

const source = 'modelgate/adapter: ArtifactReads'

export const artifactChecks: readonly Check[] = [
  {
    id: 'MG-ARTIFACT-001',
    level: 'MUST',
    title: 'locate answers one outcome for each key, in order',
    needs: ['artifacts'],
    source,
    why: 'The place of another version’s files is the worst of wrong answers.',
    async run({ adapter, truth, call }) {
      const some = versionKeys(truth).slice(0, 10)
      const missing = { model: `${truth.prefix}no such model`, version: '1' }
      const keys = [...some, missing, ...some.toReversed()]
      const outcomes = (await adapter.artifacts?.locate(keys, call())) ?? []
      assert.equal(outcomes.length, keys.length)
      absent(outcomes[some.length], quote(missing))
      const places = some.map((key, index) => found(outcomes[index], quote(key)))
      const again = some.map((key, index) => found(outcomes[keys.length - 1 - index], quote(key)))
      assert.deepEqual(again, places, 'the same key has the same place')
    },
  },
  {
    id: 'MG-ARTIFACT-002',
    level: 'MUST',
    title: 'The place of a version made from a storage URI is that URI, or what was stored says which',
    needs: ['artifacts'],
    source,
    why: 'Files are read from there.',
    async run({ adapter, truth, call }) {
      const plain = truth.versions
        .map(({ record }) => record)
        .filter((row) => row.source?.startsWith('s3://') || row.artifactUri !== null)
        .slice(0, 10)
      need(plain[0], 'version from s3://')
      const outcomes =
        (await adapter.artifacts?.locate(
          plain.map((row) => ({ model: row.modelName, version: row.version })),
          call(),
        )) ?? []
      for (const [index, row] of plain.entries()) {
        const place = found(outcomes[index], quote([row.modelName, row.version]))
        const where =
          row.artifactUri === null ? 'at the source, as seed says nothing else' : 'where seed says'
        assert.equal(place, row.artifactUri ?? row.source, `the place of the files, ${where}`)
      }
    },
  },
  {
    id: 'MG-ARTIFACT-003',
    level: 'MUST',
    title: 'The place of a copy is that of its source, every indirection resolved',
    needs: ['artifacts'],
    source,
    why: 'models:/ is a name and holds no files.',
    async run({ adapter, truth, call }) {
      const copies = truth.versions
        .map(({ record }) => record)
        .filter((row) => row.source?.startsWith('models:/'))
      need(copies[0], 'copied version')
      const keys = copies.map((row) => ({ model: row.modelName, version: row.version }))
      const places = (await adapter.artifacts?.locate(keys, call())) ?? []
      for (const [index, key] of keys.entries()) {
        assert.doesNotMatch(found(places[index], quote(key)), /^(models|runs):/, quote(key))
      }
    },
  },
  {
    id: 'MG-ARTIFACT-004',
    level: 'MUST',
    title: 'The place on a version’s record is the one that locate gives',
    needs: ['artifacts'],
    source: 'modelgate/adapter: ModelVersionRecord.artifactUri',
    why: 'The gateway takes it instead of asking.',
    async run({ adapter, truth, call }) {
      const keys = versionKeys(truth).slice(0, 20)
      const rows = await adapter.versions.get(keys, call())
      const places = (await adapter.artifacts?.locate(keys, call())) ?? []
      for (const [index, key] of keys.entries()) {
        const { artifactUri } = found(rows[index], quote(key))
        if (artifactUri !== null) assert.equal(artifactUri, places[index], quote(key))
      }
    },
  },
  {
    id: 'MG-ARTIFACT-006',
    level: 'MUST',
    title: 'Files that cannot be listed are an error of the contract, or none',
    needs: ['artifacts'],
    source: 'modelgate/adapter: ArtifactReads.list',
    why: 'Versions come from everywhere; a place of another kind is no fault of the gateway.',
    async run({ adapter, truth, call }) {
      for (const key of versionKeys(truth).slice(0, 10)) {
        const outcome: unknown = await adapter.artifacts
          ?.list(key, '', call())
          .catch((error: unknown) => error)
        const isLegal = outcome === null || Array.isArray(outcome) || RegistryError.is(outcome)
        assert.ok(isLegal, `${quote(key)}: gave ${String(outcome)}`)
      }
    },
  },
  {
    id: 'MG-ARTIFACT-005',
    level: 'MUST',
    title: 'The files of a version that is not there are null',
    needs: ['artifacts'],
    source,
    why: 'An empty folder would say that the version is there.',
    async run({ adapter, truth, call }) {
      const missing = { model: `${truth.prefix}no such model`, version: '1' }
      absent(await adapter.artifacts?.list(missing, '', call()), quote(missing))
    },
  },
]
