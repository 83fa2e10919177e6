import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { withMachineLock } from './machine-lock.ts'
import { findPython } from './python-interpreter.ts'
import { runCommand } from './run-command.ts'

/** A virtual environment of Python that is kept in the cache between runs. */
export interface PythonEnvironment {
  /** Its folder in the cache. */
  name: string
  title: string
  /** For whoever waits for it the first time. */
  effort: string
  /** What pip installs, pinned. */
  requirements: readonly string[]
  /** Throws, or gives something else than true, when the installed thing does not run as it should. */
  runs: (folder: string) => Promise<boolean>
}

const installTimeoutMs = 20 * 60_000

export const environmentFolder = (name: string): string => join(cacheFolder(), name)
export const pythonOf = (folder: string): string => join(folder, 'bin', 'python')

/** Installs an environment into the cache unless it is there, and gives the path of its Python. */
export const installPythonEnvironment = async (
  environment: PythonEnvironment,
  say: (line: string) => void,
  folder = environmentFolder(environment.name),
): Promise<string> => {
  if (!(await isComplete(folder, environment)))
    await withMachineLock(`${folder}.lock`, () => install(folder, environment, say), {
      onWait: () => say(`waiting for another run that installs ${environment.title} into ${folder}`),
    })
  return pythonOf(folder)
}

const install = async (
  folder: string,
  environment: PythonEnvironment,
  say: (line: string) => void,
): Promise<void> => {
  if (await isComplete(folder, environment)) return
  const { title, effort, requirements } = environment
  if (!(await isRunning(folder, environment))) {
    const python = await findPython()
    say(`installing ${title} into ${folder}: once, ${effort}`)
    await rm(folder, { recursive: true, force: true })
    await runCommand(python, ['-m', 'venv', folder], { timeoutMs: 5 * 60_000 })
  }
  // Also for a folder that works but has no marker: this adds what is missing, and is quick when nothing is.
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input']
  await runCommand(pythonOf(folder), [...pip, ...requirements], { timeoutMs: installTimeoutMs })
  if (!(await isRunning(folder, environment)))
    throw new Error(`${title} was installed into ${folder} but does not run`)
  // Written last: a folder without it was interrupted, or made for other requirements.
  await writeFile(markerOf(folder), markerText(environment))
}

const markerOf = (folder: string): string => join(folder, 'modelgate-complete')
const markerText = ({ requirements }: PythonEnvironment): string => `${requirements.join('\n')}\n`

const isComplete = async (folder: string, environment: PythonEnvironment): Promise<boolean> => {
  try {
    return (await readFile(markerOf(folder), 'utf8')) === markerText(environment)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}

const isRunning = async (folder: string, { runs }: PythonEnvironment): Promise<boolean> => {
  try {
    return await runs(folder)
  } catch {
    // Absent or half installed: both mean that it has to be made anew.
    return false
  }
}
