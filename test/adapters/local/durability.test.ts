import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { localTables } from '../../../src/adapters/local/store/tables.ts'
import { compareVersions, type ModelRecord, type VersionsOfModel } from '../../../src/contract/index.ts'
import { openGatewayDatabase } from '../../../src/gateway/open-database.ts'
import { rounds } from '../../environment/rounds.ts'
import { createFileSource, silent } from '../../state/database-source.ts'
import { newCall } from '../counted-call.ts'
import { openRegistry } from './open-registry.ts'

const tracer = 'strace'

/** Each line it says is a write that was acknowledged. A version and its alias are two writes. */
const writer = `
  import { openGatewayDatabase } from '${new URL('../../../src/gateway/open-database.ts', import.meta.url)}'
  import { createLocalStore } from '${new URL('../../../src/adapters/local/store/local-store.ts', import.meta.url)}'
  const [, url, count] = process.argv
  const database = await openGatewayDatabase(url, { log: console })
  const { models, versions, aliases } = createLocalStore(database, 'registry')
  await models.create({ name: 'm', idempotencyKey: 'm' })
  for (let made = 0; made < Number(count); made += 2) {
    const mark = process.pid + '-' + made
    const tags = ['first', 'second', 'third'].map((key) => ({ key, value: mark }))
    const version = await versions.create({ model: 'm', source: mark, tags, idempotencyKey: mark })
    process.stdout.write('version ' + version + '\\n')
    await aliases.set({ model: 'm', alias: 'champion' }, version)
    process.stdout.write('alias ' + version + '\\n')
  }
  await database.close()`

const nodeArguments = (url: string, count: number) => [
  '--no-warnings',
  '--input-type=module',
  '--eval',
  writer,
  url,
  String(count),
]

describe('what was acknowledged', () => {
  const files = createFileSource()
  afterAll(() => files.dispose())

  test(
    'is there after kill -9, and whole',
    async () => {
      const url = await files.createUrl()
      let found: Written = { version: 0, alias: 0 }
      for (let round = 0; round < rounds(3, 50); round++) {
        const child = spawn(process.execPath, nodeArguments(url, 1_000_000))
        found = await requireWhole(url, await killAfter(child, 1 + ((round * 37) % 120), found))
      }
      expect(found.version).toBeGreaterThan(rounds(3, 50))
    },
    rounds(60_000, 15 * 60_000),
  )

  // It may be there and still not be allowed to trace anything.
  const traced = spawnSync(tracer, ['-c', process.execPath, '--version']).status === 0

  test.skipIf(!traced)(
    traced
      ? 'is on the disk: every commit syncs'
      : 'is on the disk: not tried, as strace is absent on this machine',
    async () => {
      const syncs = async (count: number) => countSyncs(await files.createUrl(), count)
      const [none, hundred] = [await syncs(0), await syncs(100)]
      expect(hundred - none).toBeGreaterThanOrEqual(100)
    },
    60_000,
  )
})

interface Written {
  readonly version: number
  readonly alias: number
}

/** After as many writes; what it said until it was dead counts too. */
async function killAfter(child: ChildProcess, writes: number, before: Written): Promise<Written> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the output of the child should be piped')
  const complaints = text(stderr)
  const closed = once(child, 'close')
  const acknowledged = { ...before }
  let seen = 0
  for await (const line of createInterface({ input: stdout })) {
    const [, what, version] = /^(version|alias) ([0-9]+)$/.exec(line) ?? []
    if (what !== undefined) acknowledged[what as keyof Written] = Number(version)
    if (++seen === writes) child.kill('SIGKILL')
  }
  const [, signal] = await closed
  expect({ signal, complaints: await complaints }).toEqual({ signal: 'SIGKILL', complaints: '' })
  return acknowledged
}

/** Nothing is missing or torn, and of what was not acknowledged there is the last write at most. */
async function requireWhole(url: string, acknowledged: Written): Promise<Written> {
  const database = await openGatewayDatabase(url, { log: silent })
  try {
    const { rows } = await sql`pragma integrity_check`.execute(database.queries)
    expect(rows).toMatchObject([{ integrity_check: 'ok' }])
    const { adapter } = await openRegistry(database)
    const [outcome] = await adapter.versions.ofModels(['m'], 1_000_000, newCall())
    const versions = (outcome as VersionsOfModel).versions.toReversed()
    const numbers = versions.map((_, index) => String(index + 1))
    expect(versions.map(({ version }) => version)).toEqual(numbers)
    for (const { source, tags } of versions) {
      expect(tags).toEqual(['first', 'second', 'third'].map((key) => ({ key, value: source })))
    }
    const { queries } = localTables.in(database)
    const keys = queries.selectFrom('local_idempotency').select('made').where('kind', '=', 'version')
    const made = (await keys.execute()).map((row) => row.made)
    expect(made.toSorted(compareVersions)).toEqual(numbers)
    const [model] = await adapter.models.get(['m'], newCall())
    const held = Number((model as ModelRecord).aliases[0]?.version ?? 0)

    expect([acknowledged.version, acknowledged.version + 1]).toContain(versions.length)
    expect([acknowledged.alias, versions.length]).toContain(held)
    return { version: versions.length, alias: held }
  } finally {
    await database.close()
  }
}

async function countSyncs(url: string, writes: number): Promise<number> {
  const tracing = ['-f', '-c', '-e', 'trace=fsync,fdatasync', process.execPath]
  const child = spawn(tracer, [...tracing, ...nodeArguments(url, writes)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [summary, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  expect(code, summary).toBe(0)
  const counts = [...summary.matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)(?:\s+\d+)?\s+f(?:data)?sync$/gm)]
  return counts.reduce((sum, [, count]) => sum + Number(count), 0)
}
