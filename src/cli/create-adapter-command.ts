import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { type ProjectFile, readAdapterProject } from './adapter-project.ts'
import type { CommandTools } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { toJson } from './to-json.ts'

export interface CreateAdapterOptions {
  readonly json: boolean
}

const nameRule = /^[a-z][a-z0-9-]{0,98}(?<!-)$/
const nameWords =
  '1 to 99 lower-case letters, digits and "-", beginning with a letter and not ending with "-"'

/** Makes a project of an adapter that works, in a folder of its own. */
export async function createAdapter(
  name: string,
  { json }: CreateAdapterOptions,
  { directory, builtIns, stdout, stderr }: CommandTools,
): Promise<ExitCode> {
  const folder = join(directory, name)
  const problem = findProblem(name, Object.keys(builtIns)) ?? (await findObstacle(folder, name))
  if (problem !== null) {
    if (json) stdout.write(toJson({ ok: false, message: problem }))
    else stderr.write(`${problem}\n`)
    return exitCode.usage
  }
  const files = await readAdapterProject(name, folder)
  await write(files, folder)
  const paths = files.map(({ path }) => path)
  stdout.write(json ? toJson({ ok: true, folder, files: paths }) : toText(name, relative(directory, folder)))
  return exitCode.ok
}

function findProblem(name: string, builtIns: readonly string[]): string | null {
  if (!nameRule.test(name)) return `"${name}" cannot be an adapter's name: it must be ${nameWords}.`
  const taken = [...builtIns, 'modelgate', 'zod']
  return taken.includes(name) ? `"${name}" is taken; not to be used are ${taken.join(', ')}.` : null
}

async function findObstacle(folder: string, name: string): Promise<string | null> {
  try {
    const entries = await readdir(folder)
    return entries.length === 0
      ? null
      : `There is a folder ${name} here with something in it; choose another name.`
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT') return null
    if (code === 'ENOTDIR') return `There is a file ${name} here; choose another name.`
    throw error
  }
}

async function write(files: readonly ProjectFile[], folder: string): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text, { flag: 'wx' })
  }
}

function toText(name: string, folder: string): string {
  return `Made the adapter ${name} in ${folder}/: a registry in memory, for you to put yours in its place.

  cd ${folder}
  npm install
  npm test     # the conformance kit
  npm start    # a gateway with it on http://127.0.0.1:4000

README.md says what is where.
`
}
