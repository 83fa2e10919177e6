/**
 * Does what a new user does, from the packed product in an empty folder: installs it, makes an adapter, tests it, packs
 * it, names it in a configuration, and asks a gateway for what is in it. Ends with `N passed, N failed`.
 */
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, run, start } from './own-shell.ts'

const product = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = await mkdtemp(join(tmpdir(), 'modelgate-walk-'))
const offlineFirst = ['--prefer-offline', '--no-audit', '--no-fund']

interface Step {
  readonly title: string
  run(): Promise<void>
}

const configuration = `environments: [dev, prod]
database: { url: "sqlite:./gateway.db" }
registries:
  - { name: by-package, adapter: acme, environment: dev, options: { url: "memory://package" } }
  - { name: by-path, adapter: ./acme/src/adapter.js, environment: prod, options: { url: "memory://path" } }
`

const steps: readonly Step[] = [
  {
    title: 'pack modelgate and create-modelgate-adapter',
    async run() {
      await run('npm', ['pack', '--silent', '--pack-destination', folder], product)
      await run(
        'npm',
        ['pack', '--silent', '--pack-destination', folder],
        join(product, 'create-modelgate-adapter'),
      )
    },
  },
  {
    title: 'install the tarball in an empty folder',
    async run() {
      await run('npm', ['init', '-y'], folder)
      await run('npm', ['install', ...offlineFirst, await tarball('modelgate')], folder)
      expect(await run('npx', ['modelgate', '--version'], folder), /^\d+\.\d+\.\d+$/)
    },
  },
  {
    title: 'modelgate create-adapter acme',
    async run() {
      expect(await run('npx', ['modelgate', 'create-adapter', 'acme'], folder), /cd acme\n {2}npm install\n/)
    },
  },
  {
    title: 'npm install of the adapter',
    run: async () => void (await run('npm', ['install', ...offlineFirst], join(folder, 'acme'))),
  },
  {
    title: 'npm test of the adapter is green',
    run: async () =>
      expect(
        await run('npm', ['test', '--silent'], join(folder, 'acme')),
        /\n[1-9]\d* passed, 0 failed, \d+ deviating, \d+ skipped(, \d+ warned)?$/,
      ),
  },
  {
    title: 'the types of the adapter hold, also of what it imports of Node',
    async run() {
      const ofNode = "import { readFile } from 'node:fs/promises'\n\nexport const read = readFile\n"
      await writeFile(join(folder, 'acme/src/of-node.js'), ofNode)
      const compiler = join(product, 'node_modules/typescript/bin/tsc')
      await run(process.execPath, [compiler, '-p', 'jsconfig.json'], join(folder, 'acme'))
    },
  },
  {
    title: 'npm create modelgate-adapter makes the same',
    async run() {
      await run('npm', ['install', ...offlineFirst, await tarball('create-modelgate-adapter')], folder)
      await run('npx', ['create-modelgate-adapter', 'globex'], folder)
      const read = (name: string) => readFile(join(folder, name, 'src/adapter.js'), 'utf8')
      expect((await read('globex')).replaceAll('globex', 'acme'), await read('acme'))
    },
  },
  {
    title: 'npm pack of the adapter, and install it beside a configuration',
    async run() {
      await run('npm', ['pack', '--silent', '--pack-destination', folder], join(folder, 'acme'))
      await run('npm', ['install', ...offlineFirst, await tarball('acme')], folder)
      await writeFile(join(folder, 'modelgate.yaml'), configuration)
      await writeFile(join(folder, 'options.yaml'), 'url: memory://conformance\n')
    },
  },
  {
    title: 'modelgate check finds it by its package and by its path',
    async run() {
      const { registries } = JSON.parse(await modelgate('check', '--json')) as Checks
      expect(
        JSON.stringify(registries.map(({ registry, ok }) => [registry, ok])),
        '[["by-package",true],["by-path",true]]',
      )
    },
  },
  {
    title: 'modelgate conformance passes it by its package and by its path',
    async run() {
      for (const adapter of ['acme', './acme/src/adapter.js']) {
        const said = await modelgate('conformance', adapter, '--config', 'options.yaml', '--effort', 'quick')
        expect(said, /\n[1-9]\d* passed, 0 failed, \d+ deviating, \d+ skipped(, \d+ warned)?$/)
      }
    },
  },
  { title: 'modelgate start answers from both', run: askGateway },
]

interface Checks {
  readonly registries: readonly { readonly registry: string; readonly ok: boolean }[]
}

async function askGateway(): Promise<void> {
  // Not by npx, which does not pass a signal on.
  const gateway = start(
    join(folder, 'node_modules/.bin/modelgate'),
    ['start', '--port', '0', '--json'],
    folder,
  )
  const exited = once(gateway, 'exit')
  try {
    let printed = ''
    for await (const chunk of gateway.stdout) {
      printed += String(chunk)
      if (printed.endsWith('}\n')) break
    }
    const { endpoint } = JSON.parse(printed) as { endpoint: string }
    const ask = async (query: string) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ query }) })
      return JSON.stringify(((await response.json()) as { data: unknown }).data)
    }
    for (const registry of ['by-package', 'by-path']) {
      const made = await ask(
        `mutation { createModel(input: {registry: "${registry}", name: "churn"}) { model { name } } }`,
      )
      expect(made, '{"createModel":{"model":{"name":"churn"}}}')
    }
    expect(
      await ask('{ models { nodes { name registry { name } } complete } }'),
      '{"models":{"nodes":[{"name":"churn","registry":{"name":"by-package"}},{"name":"churn","registry":{"name":"by-path"}}],"complete":true}}',
    )
  } finally {
    gateway.kill('SIGTERM')
  }
  expect(String((await exited)[0]), '0')
}

async function tarball(name: string): Promise<string> {
  const pattern = new RegExp(`^${name}-\\d.*\\.tgz$`)
  const found = (await readdir(folder)).find((file) => pattern.test(file))
  if (found === undefined) throw new Error(`There is no tarball of ${name}.`)
  return join(folder, found)
}

function modelgate(...args: readonly string[]): Promise<string> {
  return run('npx', ['modelgate', ...args], folder)
}

let passed = 0
let failed = 0
for (const { title, run: walk } of steps) {
  const began = performance.now()
  try {
    await walk()
    passed++
    console.log(`ok      ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed++
    console.log(`FAILED  ${title}\n${error instanceof Error ? error.message : error}`)
    // What comes after stands on it.
    break
  }
}
await rm(folder, { recursive: true, force: true })
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
