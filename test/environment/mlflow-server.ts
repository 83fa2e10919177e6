import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { type Keeper, startKeeper } from './keeper.ts'
import { mlflowPython } from './mlflow-installation.ts'
import type { MlflowVersion } from './provided.ts'

export interface MlflowServerOptions {
  version: MlflowVersion
  /** A free one when left out. */
  port?: number
  workers?: number
  /** Starts the app `basic-auth` with this administrator (12 characters or more for the password). */
  basicAuth?: BasicAuth
  /** A SQLite file of its own when left out. */
  backendStoreUri?: string
  /** More of `mlflow server`'s own, e.g. `--static-prefix`. */
  args?: readonly string[]
  env?: Record<string, string>
}

interface BasicAuth {
  username: string
  password: string
  /** Of everybody on what nobody has given them: READ when left out. */
  defaultPermission?: 'READ' | 'NO_PERMISSIONS'
}

export interface MlflowServer {
  version: MlflowVersion
  url: string
  /** The Python that has this version's `MlflowClient`. */
  python: string
  /** Ends the processes and keeps the data and the port for `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it and removes its data. */
  close(): Promise<void>
}

const startTimeoutMs = 120_000

/** A real MLflow server with data of its own, answering when this resolves. */
export const startMlflow = async (options: MlflowServerOptions): Promise<MlflowServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-mlflow-'))
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  let keeper: Keeper | undefined
  const stop = async () => {
    await keeper?.stop()
    keeper = undefined
  }
  const close = async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
  const start = async () => {
    const logPath = join(folder, 'server.log')
    keeper = startKeeper('process-keeper.ts', await processJob(options, folder, port, logPath))
    try {
      await answers(`${url}/health`, keeper)
    } catch (error) {
      const said = (await readFile(logPath, 'utf8')).trim().split('\n').slice(-15).join('\n')
      await close()
      throw new Error(`MLflow ${options.version} did not start on port ${port}:\n${said}`, { cause: error })
    }
  }
  await start()
  return { version: options.version, url, python: mlflowPython(options.version), stop, start, close }
}

const processJob = async (options: MlflowServerOptions, folder: string, port: number, logPath: string) => ({
  command: mlflowPython(options.version),
  args: [
    ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', `${port}`],
    ...['--workers', `${options.workers ?? 1}`],
    ...['--backend-store-uri', options.backendStoreUri ?? `sqlite:///${join(folder, 'store.db')}`],
    ...['--artifacts-destination', join(folder, 'artifacts')],
    ...(options.basicAuth === undefined ? [] : ['--app-name', 'basic-auth']),
    ...(options.args ?? []),
  ],
  env: {
    MLFLOW_DISABLE_TELEMETRY: 'true',
    DO_NOT_TRACK: 'true',
    // Background jobs of the AI half of MLflow: five more Python processes that no registry needs.
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
    ...(options.basicAuth === undefined ? {} : await basicAuthEnvironment(options.basicAuth, folder)),
    ...options.env,
  },
  folder,
  logPath,
})

const basicAuthEnvironment = async (
  { username, password, defaultPermission = 'READ' }: BasicAuth,
  folder: string,
): Promise<Record<string, string>> => {
  const path = join(folder, 'basic-auth.ini')
  const lines = [
    '[mlflow]',
    `default_permission = ${defaultPermission}`,
    `database_uri = sqlite:///${join(folder, 'basic-auth.db')}`,
    `admin_username = ${username}`,
    `admin_password = ${password}`,
    'authorization_function = mlflow.server.auth:authenticate_request_basic_auth',
    'auth_cache_ttl_seconds = 60',
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  return { MLFLOW_AUTH_CONFIG_PATH: path, MLFLOW_FLASK_SERVER_SECRET_KEY: 'only-for-tests' }
}

const answers = async (url: string, keeper: Keeper): Promise<void> => {
  const deadline = Date.now() + startTimeoutMs
  while (!(await isHealthy(url))) {
    if (Date.now() > deadline) throw new Error(`no answer within ${startTimeoutMs / 1000} s`)
    if (await Promise.race([keeper.exited.then(() => true), wait(100, false)]))
      throw new Error('the process ended')
  }
}

const isHealthy = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    // Not listening yet; the deadline above decides when that is an error.
    return false
  }
}
