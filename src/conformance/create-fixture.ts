import type { AliasRecord, RunRecord, TagRecord } from '../contract/index.ts'
import type { ConformanceFixture, FixtureModel, FixtureVersion } from './fixture.ts'
import { oddKeys, oddNames, oddValues } from './odd-texts.ts'

const epoch = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
const minute = 60_000

/**
 * The registry that the checks are made for. `prefix` stands before every name; it should be one that nothing else
 * in the backend begins with, of letters, digits and `-`.
 */
export function createFixture(prefix: string): ConformanceFixture {
  const runs = createRuns(prefix)
  const models = [
    ...oddNames.map((name, index) => oddModel(prefix + name, index)),
    taggedModel(`${prefix}tagged`),
    aliasedModel(`${prefix}aliased`),
    stagedModel(`${prefix}staged`),
    measuredModel(`${prefix}measured`, runs),
    backdatedModel(`${prefix}backdated`),
    manyVersions(`${prefix}many`),
    copiedModel(`${prefix}copied`, `${prefix}measured`, `${prefix}run-0`),
    model(`${prefix}empty`, 60, { description: 'No version yet.' }),
    model(`${prefix}archived`, 61, { archived: true, versions: [version('1', 61)] }),
  ]
  return { prefix, models, runs }
}

function model(name: string, at: number, more: Partial<FixtureModel>): FixtureModel {
  return {
    name,
    description: null,
    tags: [],
    aliases: [],
    archived: false,
    versions: [],
    createdAt: new Date(epoch + at * minute),
    updatedAt: new Date(epoch + at * minute + 1),
    ...more,
  }
}

function version(number: string, at: number, more: Partial<FixtureVersion> = {}): FixtureVersion {
  return {
    version: number,
    description: null,
    tags: [],
    stage: 'None',
    archived: false,
    status: 'READY',
    statusMessage: null,
    source: `s3://bucket/models/${at}/${number}`,
    runId: null,
    createdBy: null,
    createdAt: new Date(epoch + at * minute + Number(number)),
    updatedAt: new Date(epoch + at * minute + Number(number)),
    ...more,
  }
}

/** Some share their times, so that orders by time have ties. */
function oddModel(name: string, index: number): FixtureModel {
  return model(name, Math.floor(index / 3), {
    description: index % 2 === 0 ? null : `About ${name}`,
    tags: [{ key: 'value', value: oddValues[index % oddValues.length] ?? '' }],
    versions: index % 4 === 0 ? [version('1', index)] : [],
  })
}

function taggedModel(name: string): FixtureModel {
  const byKey: TagRecord[] = oddKeys.map((key, index) => ({ key, value: `of key ${index}` }))
  const byValue: TagRecord[] = oddValues.map((value, index) => ({ key: `value-${index}`, value }))
  const versions = oddValues.map((value, index) =>
    version(String(index + 1), 40, {
      description: value === '' ? null : value,
      tags: [{ key: 'value', value }],
    }),
  )
  const first = version('1', 40, { tags: [...byKey, ...byValue] })
  return model(name, 40, { tags: [...byKey, ...byValue], versions: [first, ...versions.slice(1)] })
}

function aliasedModel(name: string): FixtureModel {
  const holders: Record<string, string> = {
    champion: '2',
    Champion: '1',
    challenger: '3',
    also: '2',
    '\u00e9': '1',
    '\u6570': '2',
    '1': '3',
    _x: '1',
    'a-b': '1',
    aXb: '2',
    'with.dot': '3',
    v1a: '1',
    latests: '1',
  }
  const aliases: AliasRecord[] = Object.entries(holders).map(([alias, held]) => ({
    name: alias,
    version: held,
  }))
  return model(name, 41, { aliases, versions: ['1', '2', '3'].map((number) => version(number, 41)) })
}

function stagedModel(name: string): FixtureModel {
  return model(name, 42, {
    aliases: [{ name: 'old', version: '6' }],
    versions: [
      version('1', 42),
      version('2', 42, { stage: 'Staging' }),
      version('3', 42, { stage: 'Production' }),
      version('4', 42, { stage: 'Production', status: 'PENDING', statusMessage: 'Files are on their way.' }),
      version('5', 42, { stage: 'Archived', archived: true }),
      version('6', 42, { stage: 'Archived', archived: true, status: 'FAILED', statusMessage: 'No files.' }),
      version('7', 42, { status: 'UNKNOWN', createdBy: 'someone@example.org' }),
    ],
  })
}

/** One version for each run, one whose run is gone, and one that has none. */
function measuredModel(name: string, runs: readonly RunRecord[]): FixtureModel {
  const ids = [...runs.map(({ runId }) => runId), 'f'.repeat(32), null]
  return model(name, 43, { versions: ids.map((runId, index) => version(String(index + 1), 43, { runId })) })
}

/** Its highest version is not the one created last. */
function backdatedModel(name: string): FixtureModel {
  const late = new Date(epoch + 90 * minute)
  return model(name, 44, { versions: [version('1', 44, { createdAt: late }), version('2', 44)] })
}

function manyVersions(name: string): FixtureModel {
  const versions = Array.from({ length: 120 }, (_, index) =>
    version(String(index + 1), 50, { tags: [{ key: 'half', value: index % 2 === 0 ? 'even' : 'odd' }] }),
  )
  return model(name, 50, { aliases: [{ name: 'ninth', version: '9' }], versions })
}

/** A copy has the run of what it was made from. */
function copiedModel(name: string, source: string, runId: string): FixtureModel {
  return model(name, 51, {
    versions: [
      version('1', 51, { source: `models:/${source}/1`, runId }),
      version('2', 51, { source: `models:/${name}/1`, runId }),
    ],
  })
}

/** Numbers that do not survive a detour by 32 bits, by a few digits, or by whole numbers. */
const edges = [0.1 + 0.2, 2 ** 53 - 1, 2 ** 53, 5e-324, 1 / 3, 123456789.12345679, -1e-7, 1e21, 4.35]

function createRuns(prefix: string): RunRecord[] {
  const values = [
    0.5,
    0.25,
    -1,
    0,
    1e-300,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  return values.map((value, index) => ({
    runId: `${prefix}run-${index}`,
    name: `run ${index}`,
    status: 'FINISHED',
    startedAt: new Date(epoch + index),
    endedAt: new Date(epoch + index + minute),
    metrics: [
      { key: 'auc', value, step: index },
      { key: 'val/loss 1', value: index, step: 0 },
      { key: 'edge', value: edges[index] ?? 0, step: 0 },
    ],
    params: [
      { key: 'depth', value: String(index) },
      { key: 'odd', value: oddValues.filter((text) => text !== '' && text.length < 500)[index] ?? 'x' },
    ],
    url: null,
  }))
}
