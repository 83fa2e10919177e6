import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { withMachineLock } from './machine-lock.ts'
import type { MlflowVersion } from './provided.ts'
import { findPython } from './python-interpreter.ts'
import { runCommand } from './run-command.ts'

/** MLflow itself, and beside it a PostgreSQL driver and what the basic-auth app needs. */
const requirements: Record<MlflowVersion, readonly string[]> = {
  '3.17.2': ['mlflow==3.17.2', 'psycopg2-binary', 'Flask-WTF<2'],
  '2.22.4': ['mlflow==2.22.4', 'sqlalchemy<2.1', 'setuptools<81', 'Flask-WTF<2'],
}

const installTimeoutMs = 20 * 60_000

const folderOf = (version: MlflowVersion): string => join(cacheFolder(), `mlflow-${version}`)
const pythonOf = (folder: string): string => join(folder, 'bin', 'python')

/** The Python of an installed version. */
export const mlflowPython = (version: MlflowVersion): string => pythonOf(folderOf(version))

/** Installs a version of MLflow into the cache unless it is there, and gives the path of its Python. */
export const installMlflow = async (
  version: MlflowVersion,
  say: (line: string) => void,
  folder = folderOf(version),
): Promise<string> => {
  if (!(await isComplete(folder, version)))
    await withMachineLock(`${folder}.lock`, () => install(folder, version, say), {
      onWait: () => say(`waiting for another run that installs MLflow ${version} into ${folder}`),
    })
  return pythonOf(folder)
}

const install = async (
  folder: string,
  version: MlflowVersion,
  say: (line: string) => void,
): Promise<void> => {
  if (await isComplete(folder, version)) return
  if (!(await answersVersion(folder, version))) {
    const python = await findPython()
    say(`installing MLflow ${version} into ${folder}: once, about 1 GB, one to five minutes`)
    await rm(folder, { recursive: true, force: true })
    await runCommand(python, ['-m', 'venv', folder], { timeoutMs: 5 * 60_000 })
  }
  // Also for a folder that works but has no marker: this adds what is missing, and is quick when nothing is.
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input']
  await runCommand(pythonOf(folder), [...pip, ...requirements[version]], { timeoutMs: installTimeoutMs })
  if (!(await answersVersion(folder, version)))
    throw new Error(`MLflow ${version} was installed into ${folder} but does not run`)
  // Written last: a folder without it was interrupted, or made for other requirements.
  await writeFile(markerOf(folder), markerText(version))
}

const markerOf = (folder: string): string => join(folder, 'modelgate-complete')
const markerText = (version: MlflowVersion): string => `${requirements[version].join('\n')}\n`

const isComplete = async (folder: string, version: MlflowVersion): Promise<boolean> => {
  try {
    return (await readFile(markerOf(folder), 'utf8')) === markerText(version)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

const answersVersion = async (folder: string, version: MlflowVersion): Promise<boolean> => {
  try {
    const said = await runCommand(join(folder, 'bin', 'mlflow'), ['--version'])
    return said.trim().endsWith(` ${version}`)
  } catch {
    // Absent or half installed: both mean that it has to be made anew.
    return false
  }
}
