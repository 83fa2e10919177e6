import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleGateway } from '../../scripts/bundle-gateway.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const preload = new URL('note-what-is-loaded.ts', import.meta.url).href

/** What every gateway needs before it can answer. Whatever else is heavy is loaded by `import()`, by whoever needs it. */
const mayBeLoaded = [
  '@apollo/server',
  '@as-integrations/fastify',
  '@escape.tech/graphql-armor',
  '@graphql-tools/schema',
  'close-with-grace',
  'commander',
  'dataloader',
  'fastify',
  'graphql',
  'kysely',
  'pino',
  'undici',
  'yaml',
  'zod',
]
/** Of the text of all code that is loaded. */
const mostMegabytes = 3.2

let folder: string
/** Beside `dist`, as the way from there to the schema is the same. */
const built = join(root, `dist-start-${process.pid}`)
let metafile: Metafile

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-start-'))
  metafile = await bundleGateway(root, built)
})
afterAll(async () => {
  await rm(built, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

interface Start {
  /** Of the bundle. */
  readonly files: readonly string[]
  readonly threads: number
  /** Of files that are not in the bundle. */
  readonly strangers: readonly string[]
}

/** Runs the gateway, or another command, and says what it has loaded. */
async function note(args: readonly string[], isReady: RegExp): Promise<Start> {
  const place = join(folder, 'loaded.json')
  const main = join(built, 'main.js')
  const env = { ...process.env, WHAT_IS_LOADED: place, NODE_ENV: 'production' }
  const child = spawn(process.execPath, ['--import', preload, main, ...args], { cwd: folder, env })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
    if (isReady.test(printed)) child.kill('SIGTERM')
  })
  await once(child, 'exit')
  const noted = JSON.parse(await readFile(place, 'utf8')) as { modules: string[]; threads: number }
  const modules = noted.modules
    .filter((url) => url.startsWith('file:') && url !== preload)
    .map((url) => fileURLToPath(url))
  return {
    files: modules.filter((file) => file.startsWith(built)),
    strangers: modules.filter((file) => !file.startsWith(built)),
    threads: noted.threads,
  }
}

function inputsOf({ files }: Start): [path: string, bytes: number][] {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]))
  return files.flatMap((file) =>
    Object.entries(outputs.get(basename(file))?.inputs ?? {}).map(
      ([path, { bytesInOutput }]): [string, number] => [path, bytesInOutput],
    ),
  )
}

/** Those that the sources import; what these bring along goes with them. */
function packagesOf(start: Start): string[] {
  const own = new Set(inputsOf(start).flatMap(([path]) => (/^(src\/|parts:)/.test(path) ? [path] : [])))
  const names = Object.entries(metafile.inputs).flatMap(([path, { imports }]) =>
    own.has(path) ? imports.map((one) => one.path) : [],
  )
  const found = inputsOf(start).flatMap(([path]) => {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    return name !== undefined && names.some((one) => one.includes(`node_modules/${name}/`)) ? [name] : []
  })
  return [...new Set(found)].sort()
}

describe('a gateway of MLflow servers alone', () => {
  let start: Start
  beforeAll(async () => {
    await writeFile(
      join(folder, 'modelgate.yaml'),
      `environments: [dev]
database: { url: "sqlite:./gateway.db" }
registries:
  - { name: dev, adapter: mlflow, environment: dev, url: "http://127.0.0.1:9", serverVersion: "3.17.2" }
`,
    )
    start = await note(['start', '--port', '0', '--json'], /"endpoint"/)
  })

  test('loads what every gateway needs, and nothing else', () => {
    const loaded = packagesOf(start)
    expect(loaded).toContain('undici')
    expect(loaded.filter((name) => !mayBeLoaded.includes(name))).toEqual([])
  })

  test('loads no more text than it has room for', () => {
    const bytes = inputsOf(start).reduce((sum, [, size]) => sum + size, 0)
    expect(bytes).toBeLessThan(mostMegabytes * 1e6)
    expect(bytes).toBeGreaterThan(500_000)
  })

  test('loads nothing that is not in its bundle, and starts no thread', () => {
    expect(start.strangers).toEqual([])
    expect(start.threads).toBe(0)
  })
})

test.each([[['--help']], [['--version']], [['conformance', '--list']]])(
  'modelgate %j loads nothing of the gateway',
  async (args) => {
    const start = await note(args, /^$/)
    expect(packagesOf(start).filter((name) => !['commander', 'zod', 'yaml', 'pino'].includes(name))).toEqual(
      [],
    )
  },
)
