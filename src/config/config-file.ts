import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, relative, resolve } from 'node:path'
import { ConfigError } from './config-error.ts'

export interface ConfigFile {
  /** Absolute; `null` when there is no file. */
  readonly path: string | null
  /** What paths within the file are relative to. */
  readonly directory: string
  /** What a person calls it. */
  readonly label: string
  readonly text: string
}

const defaultName = 'modelgate.yaml'

/** The named file, else that of `MODELGATE_CONFIG`, else `modelgate.yaml` in the directory, else none. */
export async function readConfigFile(
  named: string | undefined,
  env: NodeJS.ProcessEnv,
  directory: string,
): Promise<ConfigFile> {
  const chosen = named ?? (env.MODELGATE_CONFIG || undefined)
  const path = resolve(directory, chosen ?? defaultName)
  const label = toLabel(path, directory)
  try {
    return { path, directory: dirname(path), label, text: await readFile(path, 'utf8') }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && chosen === undefined) return { path: null, directory, label, text: '' }
    const by = named !== undefined ? '--config' : chosen !== undefined ? 'MODELGATE_CONFIG' : null
    throw new ConfigError([{ file: label, line: 1, column: 1, key: '', message: explainRead(code, by) }])
  }
}

function explainRead(code: string | undefined, by: string | null): string {
  const where = by === null ? '' : ` that ${by} names`
  if (code === 'ENOENT') return `there is no such file; check the path${where}`
  if (code === 'EISDIR')
    return `is a directory; write the path of a file${by === null ? '' : ` behind ${by}`}`
  if (code === 'EACCES') return 'may not be read; allow it for the user who runs modelgate'
  return `cannot be read (${code ?? 'unknown error'}); check the path${where}`
}

function toLabel(path: string, directory: string): string {
  const nearby = relative(directory, path)
  return nearby === '' || nearby.startsWith('..') || isAbsolute(nearby) ? path : nearby
}
