import { runCommand } from './run-command.ts'

const candidates = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python']

/** The newest minor version that the wheels of the oldest MLflow here are known to exist for. */
const newestSure = 13
const oldest = 10

/** A Python that can carry MLflow: 3.10 or newer, one that has all wheels if there is one. */
export const findPython = async (): Promise<string> => {
  let fallback: string | undefined
  for (const command of candidates) {
    const minor = await minorVersion(command)
    if (minor === undefined || minor < oldest) continue
    if (minor <= newestSure) return command
    fallback ??= command
  }
  if (fallback !== undefined) return fallback
  throw new Error(
    `no Python 3.${oldest} or newer among ${candidates.join(', ')}. ` +
      'Install one, with its venv module (Debian, Ubuntu: apt-get install python3 python3-venv).',
  )
}

const minorVersion = async (command: string): Promise<number | undefined> => {
  const script = 'import sys; print(sys.version_info[0], sys.version_info[1])'
  try {
    const [major, minor] = (await runCommand(command, ['-c', script])).trim().split(' ').map(Number)
    return major === 3 ? minor : undefined
  } catch {
    // Not installed, or a version manager's shim without a version behind it: not a candidate either way.
    return undefined
  }
}
