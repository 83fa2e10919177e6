import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface ProjectFile {
  /** Relative to the project. */
  readonly path: string
  readonly text: string
}

interface Manifest {
  readonly version: string
  readonly dependencies: Readonly<Record<string, string>>
}

const ownFolder = fileURLToPath(new URL('../..', import.meta.url))
const template = join(ownFolder, 'templates', 'adapter')

/** What would mean something to npm where it lies. */
const renamed: Readonly<Record<string, string>> = {
  gitignore: '.gitignore',
  'package.template.json': 'package.json',
}

/** The files of a new project: those of the template, a project by the name of acme. */
export async function readAdapterProject(name: string, folder: string): Promise<ProjectFile[]> {
  const entries = await readdir(template, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(template, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('node_modules'))
  return Promise.all(
    paths.sort().map(async (path) => {
      const text = (await readFile(join(template, path), 'utf8')).replaceAll(/\bacme\b/g, name)
      const place = renamed[path] ?? path
      return { path: place, text: place === 'package.json' ? withOwnVersions(text, folder) : text }
    }),
  )
}

/** The versions that this gateway has itself: those were tried together. */
function withOwnVersions(text: string, folder: string): string {
  const { version, dependencies } = readJson<Manifest>(join(ownFolder, 'package.json'))
  const manifest = JSON.parse(text)
  manifest.dependencies.zod = dependencies.zod
  manifest.peerDependencies.modelgate = `>=${version}`
  manifest.devDependencies.modelgate = findOwnSource(folder) ?? version
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Where npm took this gateway from, when that was no registry; also a checkout that it runs in. */
function findOwnSource(folder: string): string | null {
  const parent = dirname(resolve(ownFolder))
  const toSpecifier = (path: string) => `file:${relative(folder, path)}`
  if (basename(parent) !== 'node_modules') return toSpecifier(ownFolder)
  const lock = join(parent, '.package-lock.json')
  if (!existsSync(lock)) return null
  const { packages } = readJson<{ packages: Record<string, { resolved?: string }> }>(lock)
  const [, path] = /^file:(.+)$/s.exec(packages['node_modules/modelgate']?.resolved ?? '') ?? []
  if (path === undefined) return null
  const source = resolve(dirname(parent), path)
  return existsSync(source) ? toSpecifier(source) : null
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T
}
