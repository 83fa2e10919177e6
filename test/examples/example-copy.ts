import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../environment/cache-folder.ts'
import { withMachineLock } from '../environment/machine-lock.ts'
import { runCommand } from '../environment/run-command.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** An example in a folder of its own, as somebody has it who copied it and ran `npm install`. */
export interface ExampleCopy {
  readonly folder: string
  /** `npm run SCRIPT` in it; gives what it said. */
  run(script: string, env?: Record<string, string>): Promise<string>
  remove(): Promise<void>
}

/** Its packages come from the cache, which npm fills once; `modelgate` is built from these sources. */
export async function copyExample(name: string): Promise<ExampleCopy> {
  const packages = await installPackages(name)
  const folder = await mkdtemp(join(tmpdir(), `modelgate-${name}-`))
  const example = join(root, 'examples', name)
  await cp(example, folder, {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist|\.venv)$/.test(path),
  })
  await linkPackages(packages, join(folder, 'node_modules'))
  await buildModelgate(join(folder, 'node_modules', 'modelgate'))
  return {
    folder,
    run: (script, env = {}) =>
      runCommand('npm', ['run', '--silent', script], {
        cwd: folder,
        env: { ...env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` },
        timeoutMs: 10 * 60_000,
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The folder in the cache that has them; another one for other versions. */
async function installPackages(name: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, 'examples', name, 'package.json'), 'utf8'))
  const { modelgate: _, ...dependencies } = { ...manifest.devDependencies, ...manifest.dependencies }
  const wanted = JSON.stringify({ private: true, dependencies })
  const digest = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const folder = join(cacheFolder(), `${name}-${digest}`)
  const marker = join(folder, 'modelgate-complete')
  await withMachineLock(`${folder}.lock`, async () => {
    if (await stat(marker).catch(() => null)) return
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), wanted)
    await install(name, folder)
    await writeFile(marker, wanted)
  })
  return join(folder, 'node_modules')
}

async function install(name: string, folder: string): Promise<void> {
  try {
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1']
    await runCommand('npm', ['install', ...quiet], { cwd: folder, timeoutMs: 5 * 60_000 })
  } catch (error) {
    if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH/.test(String(error))) throw error
    throw new Error(`${name} is absent on this machine: the npm registry cannot be reached`, { cause: error })
  }
}

async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to)
  const names = (await readdir(from)).filter((each) => !each.startsWith('.package-lock'))
  await Promise.all(names.map((each) => symlink(join(from, each), join(to, each))))
}

/** Its two entry points, as they are packed. */
async function buildModelgate(folder: string): Promise<void> {
  await mkdir(folder)
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  const config = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: {
      rootDir: join(root, 'src'),
      outDir: join(folder, 'dist'),
      // The bundle has the code, and these only the types.
      emitDeclarationOnly: false,
      rewriteRelativeImportExtensions: true,
      typeRoots: [join(root, 'node_modules', '@types')],
    },
    include: [join(root, 'src', 'contract'), join(root, 'src', 'conformance')],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  await runCommand(process.execPath, [compiler, '-p', folder])
}
