import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import { getSetting } from '../../src/state/settings/setting.ts'
import { settingTables } from '../../src/state/settings/tables.ts'
import { createFileSource, memory, openFrom, silent } from './database-source.ts'
import { describeDatabase } from './database-suite.ts'

describeDatabase(memory)
describeDatabase(createFileSource())

const open = (url: string) => openGatewayDatabase(url, { log: silent })

test('a password is masked where it stands, and not inside of words', async () => {
  await expect(open('postgres://u:e@127.0.0.1:9/db')).rejects.toThrow(
    /cannot be used: connect ECONNREFUSED .* Set database\.url/,
  )
})

describe('a SQLite file', () => {
  const files = createFileSource()
  afterAll(() => files.dispose())

  test('is made with its folders and set up to survive a crash', async () => {
    const url = await files.createUrl()
    const database = await open(url)
    expect(existsSync(url.slice('sqlite:'.length))).toBe(true)
    const settings = await Promise.all(
      ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(async (name) => {
        const { rows } = await sql`pragma ${sql.raw(name)}`.execute(database.queries)
        return Object.values(rows[0] as object)[0]
      }),
    )
    // Nothing waits for a lock in the database: whoever asks tries again.
    expect(settings).toEqual(['wal', 2, 1, 0])
    await database.close()
  })

  test('keeps what was written', async () => {
    const url = await files.createUrl()
    const first = await open(url)
    await settingTables.in(first).queries.insertInto('setting').values({ key: 'k', value: 'v' }).execute()
    await first.close()
    const second = await open(url)
    expect(await getSetting(second, 'k')).toBe('v')
    await second.close()
  })

  test('is opened by several processes at once', async () => {
    const url = await files.createUrl()
    const script = `
      import { openGatewayDatabase } from '${new URL('../../src/gateway/open-database.ts', import.meta.url)}'
      import { getOrCreateSetting } from '${new URL('../../src/state/settings/setting.ts', import.meta.url)}'
      const database = await openGatewayDatabase(process.argv[1], { log: console })
      process.stdout.write(await getOrCreateSetting(database, 'key', () => String(process.pid)))
      await database.close()`
    const outputs = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ['--input-type=module', '--eval', script, url])
        const [output, errors, [code]] = await Promise.all([
          text(child.stdout),
          text(child.stderr),
          once(child, 'close'),
        ])
        return { output, errors, code }
      }),
    )
    expect(outputs.map(({ errors, code }) => ({ errors, code }))).toEqual(
      Array(4).fill({ errors: '', code: 0 }),
    )
    expect(new Set(outputs.map(({ output }) => output)).size).toBe(1)
  }, 30_000)

  test('that is something else is named in the error', async () => {
    const url = await files.createUrl()
    await (await open(url)).close()
    writeFileSync(url.slice('sqlite:'.length), 'not a database, but long enough to look at '.repeat(100))
    await expect(open(url)).rejects.toThrow(
      /gateway\.db cannot be used: file is not a database\. Set database\.url/,
    )
    expect(readFileSync(url.slice('sqlite:'.length), 'utf8')).toContain('not a database')
  })

  test('that cannot be made is named in the error', async () => {
    const path = (await files.createUrl()).slice('sqlite:'.length)
    await (await open(`sqlite:${path}`)).close()
    await expect(open(`sqlite:${path}/below/a/file.db`)).rejects.toThrow(
      /cannot be used: .*Set database\.url/,
    )
    await expect(open(`sqlite:${dirname(path)}`)).rejects.toThrow(/cannot be used: unable to open/)
  })

  test('of a newer version is refused', async () => {
    const url = await files.createUrl()
    const database = await open(url)
    await sql`insert into migration values ('9999-later', '2030-01-01T00:00:00.000Z')`.execute(
      database.queries,
    )
    await database.close()
    await expect(open(url)).rejects.toThrow(/a newer modelgate has changed its tables/)
  })
})

describe('parameters on SQLite', () => {
  const values = {
    Date: new Date(),
    object: { a: 1 },
    array: [1],
    undefined: undefined,
    symbol: Symbol('x'),
  }

  test.each(Object.entries(values))('refuse a %s', async (_, value) => {
    const database = await openFrom(memory)
    await expect(sql`select ${value} as a, ${'b'} as b`.execute(database.queries)).rejects.toThrow(
      /SQLite cannot take/,
    )
    await database.close()
  })

  test('are handed on as they are', async () => {
    const database = await openFrom(memory)
    const { rows } =
      await sql`select ${null} as a, ${1.5} as b, ${7n} as c, ${"it's"} as d, ${true} as e, ${false} as f,
      ${new Uint8Array([1, 2])} as g`.execute(database.queries)
    expect({ ...(rows[0] as object) }).toEqual({
      a: null,
      b: 1.5,
      c: 7,
      d: "it's",
      e: 1,
      f: 0,
      g: new Uint8Array([1, 2]),
    })
    await database.close()
  })
})

describe('database.url', () => {
  test.each([
    ['', /neither for SQLite nor for PostgreSQL/],
    ['mysql://root:s3cret@host/db', /neither for SQLite nor for PostgreSQL/],
    ['sqlite:', /names no file/],
    ['sqlite://folder/file.db', /names no file/],
    ['postgres://user:s3cret@host:notaport/db', /not a valid address/],
    ['postgres://user:s3cret@127.0.0.1:1/db', /127\.0\.0\.1:1\/db cannot be used: .*ECONNREFUSED/],
  ])('%s is explained', async (url, message) => {
    const error = await open(url).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(error).toHaveProperty('message', expect.stringMatching(message))
    expect(error).toHaveProperty('message', expect.stringContaining('database.url'))
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('s3cret')
  })
})
