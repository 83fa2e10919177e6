import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundleGateway } from '../../scripts/bundle-gateway.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const preload = new URL('note-what-is-loaded.ts', import.meta.url).href
const runner = new URL('../../bin/run-program.js', import.meta.url).href

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
/** Of the text of all code that runs, and of all that is read for it. */
const mostRunMegabytes = 3.2
const mostReadMegabytes = 4.7

let folder: string
/** Beside `dist`, as the way from there to the schema is the same. */
const built = join(root, `dist-start-${process.pid}`)
const main = join(built, 'main.js')
let metafile: Metafile

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-start-'))
  ;[metafile] = (await bundleGateway(root, built)) as [Metafile]
  await writeFile(
    join(folder, 'run.js'),
    `import(${JSON.stringify(runner)}).then(({ runProgram }) => runProgram(${JSON.stringify(main)}))`,
  )
})
afterAll(async () => {
  await rm(built, { recursive: true, force: true })
  await rm(folder, { recursive: true, force: true })
})

interface Start {
  /** Of the sources and of packages, with the size of their code. */
  readonly modules: ReadonlyMap<string, number>
  readonly threads: number
  /** Files beside the program. */
  readonly strangers: readonly string[]
}

/** Runs the gateway, or another command, and says what it has loaded. */
async function note(args: readonly string[], isReady: RegExp): Promise<Start> {
  const place = join(folder, 'loaded.json')
  const coverage = await mkdtemp(join(folder, 'coverage-'))
  const env = { ...process.env, WHAT_IS_LOADED: place, NODE_V8_COVERAGE: coverage, NODE_ENV: 'production' }
  const child = spawn(process.execPath, ['--import', preload, join(folder, 'run.js'), ...args], {
    cwd: folder,
    env,
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
    if (isReady.test(printed)) child.kill('SIGTERM')
  })
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
  const noted = JSON.parse(await readFile(place, 'utf8')) as { modules: string[]; threads: number }
  const expected = [preload, runner, pathToFileURL(join(folder, 'run.js')).href]
  return {
    modules: modulesThatRan(await functionsThatRan(coverage)),
    strangers: noted.modules.filter((url) => url.startsWith('file:') && !expected.includes(url)),
    threads: noted.threads,
  }
}

/** Of the program. What is on demand in it is a function that has the name of its file. */
async function functionsThatRan(coverage: string): Promise<ReadonlySet<string>> {
  const [file = ''] = await readdir(coverage)
  const { result } = JSON.parse(await readFile(join(coverage, file), 'utf8')) as {
    result: { url: string; functions: { functionName: string; ranges: { count: number }[] }[] }[]
  }
  const program = result.find(({ url }) => url === pathToFileURL(main).href)
  const functions = program?.functions.filter(({ ranges }) => ranges.some(({ count }) => count > 0)) ?? []
  return new Set(functions.map(({ functionName }) => functionName))
}

function modulesThatRan(ran: ReadonlySet<string>): Map<string, number> {
  const [output] = Object.values(metafile.outputs)
  const always = importedAtOnce('src/main.ts')
  return new Map(
    Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) =>
      always.has(path) || ran.has(path) ? [[path, bytesInOutput]] : [],
    ),
  )
}

function importedAtOnce(path: string, found = new Set<string>()): Set<string> {
  found.add(path)
  for (const { path: next, kind } of metafile.inputs[path]?.imports ?? [])
    if (kind === 'import-statement' && !found.has(next)) importedAtOnce(next, found)
  return found
}

/** Those that the sources import; what these bring along goes with them. */
function packagesOf({ modules }: Start): string[] {
  const own = new Set([...modules.keys()].filter((path) => /^(src\/|parts:)/.test(path)))
  const names = Object.entries(metafile.inputs).flatMap(([path, { imports }]) =>
    own.has(path) ? imports.map((one) => one.path) : [],
  )
  const found = [...modules.keys()].flatMap((path) => {
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

  test('runs and reads no more text than it has room for', async () => {
    const bytes = start.modules.values().reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeLessThan(mostRunMegabytes * 1e6)
    expect(bytes).toBeGreaterThan(500_000)
    expect((await stat(main)).size).toBeLessThan(mostReadMegabytes * 1e6)
  })

  test('loads nothing beside its program, and starts no thread', () => {
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
