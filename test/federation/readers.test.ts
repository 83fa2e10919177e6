import { expect, it } from 'vitest'
import { listModels } from '../../src/federation/list/over-registries.ts'
import { listVersionsOfModel } from '../../src/federation/list/versions-of-model.ts'
import type { FederatedModel } from '../../src/federation/records/records.ts'
import type { Reader } from '../../src/federation/session/reader.ts'
import { liveReaders, type Readers } from '../../src/federation/session/readers.ts'
import type { RegistrySession } from '../../src/federation/session/registry-session.ts'
import { modelRequest } from './doubles/list-request.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const takenAt = new Date('2026-01-02T03:04:05Z')

/** A reader of rows that are kept beside the registry, as an index would. */
function kept(live: RegistrySession, asked: string[]): Reader {
  const toKept = <Row extends { readonly mode: string }>(row: Row) => ({ ...row, mode: 'INDEXED' as const })
  return {
    mode: 'INDEXED',
    name: live.name,
    record: live.record,
    signal: live.signal,
    orderTrust: live.orderTrust,
    asOf: () => takenAt,
    isStale: false,
    async listModels(query) {
      asked.push('models')
      const page = await live.listModels(query)
      return { ...page, items: page.items.map(toKept) }
    },
    listVersions: (query) => live.listVersions(query),
    model: (name) => live.model(name),
    version: (key) => live.version(key),
    async versionsOfModel(model, limit) {
      asked.push(`versions of ${model}`)
      return live.versionsOfModel(model, limit)
    },
    latestVersions: (model) => live.latestVersions(model),
    holderOfAlias: (key) => live.holderOfAlias(key),
    aliasesOfVersion: (version) => live.aliasesOfVersion(version),
    run: (runId) => live.run(runId),
    runOrWhyNot: (runId) => live.runOrWhyNot(runId),
    artifactLocation: (version) => live.artifactLocation(version),
    artifacts: (key, path) => live.artifacts(key, path),
    know() {},
    knowVersion() {},
  }
}

it('what belongs to a row is read where the row came from, which says of when it is', async () => {
  const registry = new PlainRegistry()
  registry.addVersion('m', {})
  const asked: string[] = []
  const readers: Readers = {
    ...liveReaders,
    inMode: (mode, live) => (mode === 'LIVE' ? live : kept(live, asked)),
    ifFailed: () => null,
    kept: () => Promise.reject(new Error('not asked')),
    status: async () => null,
  }
  const session = openSession(openFederation({ main: registry }, { readers }))
  const list = await listModels(session, { ...modelRequest, read: 'INDEXED' })
  expect(list.sources).toMatchObject([{ asOf: takenAt, state: 'OK' }])
  const [indexed] = list.nodes
  const live = await session.registry('main').model('m')
  expect([indexed?.mode, live?.mode]).toEqual(['INDEXED', 'LIVE'])
  const request = { filter: null, order: null, includeArchived: false, first: 5, after: null }
  await listVersionsOfModel(session, indexed as FederatedModel, request)
  await listVersionsOfModel(session, live as FederatedModel, request)
  expect(asked).toEqual(['models', 'versions of m'])
})
