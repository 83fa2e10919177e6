import { rm, writeFile } from 'node:fs/promises'
import { startBackends } from './global-setup.ts'
import { makeProcessesQuick } from './quick-processes.ts'

/**
 * `npm run test:servers -- FILE` starts the backends once and keeps them until it is interrupted;
 * `MODELGATE_TEST_SERVERS=FILE npm test` runs against them.
 */
const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error('Name the file that the addresses of the servers are written to.')
  process.exit(2)
}
makeProcessesQuick(process.env)
const { provided, close } = await startBackends()
await writeFile(path, JSON.stringify(provided), { mode: 0o600 })
console.log(`ready: MODELGATE_TEST_SERVERS=${path} npm test`)
const end = async () => {
  await Promise.all([close(), rm(path, { force: true })])
  process.exit(0)
}
process.once('SIGINT', end)
process.once('SIGTERM', end)
