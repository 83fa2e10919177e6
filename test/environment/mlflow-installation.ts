import { join } from 'node:path'
import type { MlflowVersion } from './provided.ts'
import {
  environmentFolder,
  installPythonEnvironment,
  type PythonEnvironment,
  pythonOf,
} from './python-environment.ts'
import { runCommand } from './run-command.ts'

/** MLflow itself, and beside it a PostgreSQL driver and what the basic-auth app needs. */
const requirements: Record<MlflowVersion, readonly string[]> = {
  '3.17.2': ['mlflow==3.17.2', 'psycopg2-binary', 'Flask-WTF<2'],
  '2.22.4': ['mlflow==2.22.4', 'sqlalchemy<2.1', 'setuptools<81', 'Flask-WTF<2'],
}

const environmentOf = (version: MlflowVersion): PythonEnvironment => ({
  name: `mlflow-${version}`,
  title: `MLflow ${version}`,
  effort: 'about 1 GB, one to five minutes',
  requirements: requirements[version],
  runs: async (folder) => {
    const said = await runCommand(join(folder, 'bin', 'mlflow'), ['--version'])
    return said.trim().endsWith(` ${version}`)
  },
})

/** The Python of an installed version. */
export const mlflowPython = (version: MlflowVersion): string =>
  pythonOf(environmentFolder(environmentOf(version).name))

/** Installs a version of MLflow into the cache unless it is there, and gives the path of its Python. */
export const installMlflow = (
  version: MlflowVersion,
  say: (line: string) => void,
  folder?: string,
): Promise<string> => installPythonEnvironment(environmentOf(version), say, folder)
