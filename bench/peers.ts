/**
 * modelgate beside the gateways people would use instead, in one run: the harness of the peers, with modelgate as one
 * more. Arguments go on to it: `npm run bench:peers -- --rounds 2 --peers apollo,modelgate`.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const shared = process.env.MODELGATE_SHARED ?? resolve(root, '../shared')
const source = join(shared, 'peers')
const cache = process.env.MODELGATE_TEST_CACHE ?? join(homedir(), '.cache/modelgate')
const folder = join(cache, 'peers')

if (!existsSync(source)) {
  console.error(`The peers' harness is not in ${source}. Say where it is with MODELGATE_SHARED.`)
  process.exit(2)
}
copyHarness()
writeFileSync(join(folder, 'modelgate.yaml'), configuration(Number(process.env.STUB0 ?? 5310)))
writeFileSync(join(folder, 'peers.local.mjs'), peer())
run('node', ['run.mjs', ...process.argv.slice(2)])

/** Modules are installed once and kept, as they take minutes. */
function copyHarness(): void {
  mkdirSync(folder, { recursive: true })
  cpSync(source, folder, { recursive: true, force: true, filter: (from) => !from.includes('node_modules') })
  for (const part of [folder, join(folder, 'mesh')]) {
    if (existsSync(join(part, 'node_modules'))) continue
    console.error(`Installing ${part === folder ? 'the peers' : 'mesh'}, which takes a few minutes once.`)
    run('npm', ['ci', '--no-audit', '--no-fund'], part)
  }
}

function run(command: string, args: readonly string[], cwd = folder): void {
  // The harness expects its own copy of Node in the place where this one stands.
  const path = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', env: { ...process.env, PATH: path } })
  if (status !== 0) process.exit(status ?? 1)
}

function configuration(stub: number): string {
  const registries = ['dev', 'staging', 'prod'].map((name, index) => {
    const url = `http://127.0.0.1:${stub + 1 + index}`
    // The recorded upstream has no /version, as it would be behind a proxy that passes the API only.
    return `  - { name: ${name}, adapter: mlflow, environment: ${name}, url: "${url}", serverVersion: "3.17.2", nameOrder: codePoint }`
  })
  return `environments: [dev, staging, prod]
registries:
${registries.join('\n')}
database: { url: "sqlite::memory:" }
`
}

function peer(): string {
  const at = (file: string) => JSON.stringify(join(root, file))
  return `import { queries } from ${at('bench/peers/queries.ts')}
import { toReference } from ${at('bench/peers/to-reference.ts')}

export default ({ root, node }) => [{
  name: 'modelgate', local: true,
  cmd: [node, ${at('bin/modelgate.js')}, 'start', '--config', root + '/modelgate.yaml'],
  portArg: '--port',
  env: {},
  path: () => '/graphql',
  queries,
  norm: toReference,
}]
`
}
