import { PythonProcess } from './python-process.ts'

interface PythonOptions {
  /** Handed to the script as JSON in `argument`. */
  argument?: unknown
  env?: Record<string, string>
  timeoutMs?: number
}

const quiet = {
  MLFLOW_LOGGING_LEVEL: 'ERROR',
  MLFLOW_DISABLE_TELEMETRY: 'true',
  DO_NOT_TRACK: 'true',
  GIT_PYTHON_REFRESH: 'quiet',
}

const processes = new Map<string, PythonProcess>()

/** One for each environment and test file. */
const processOf = (python: string, env: Record<string, string>): PythonProcess => {
  const key = JSON.stringify([python, env])
  const running = processes.get(key)
  if (running?.isRunning) return running
  const started = new PythonProcess(python, { ...quiet, ...env })
  processes.set(key, started)
  return started
}

/**
 * Runs a Python script and gives back what it assigned to `result`, by way of JSON. The script finds `json`
 * imported and its input as `argument`; what it prints does not matter.
 */
export const runPython = async <T>(
  python: string,
  script: string,
  { argument = null, env = {}, timeoutMs = 120_000 }: PythonOptions = {},
): Promise<T> => (await processOf(python, env).run({ script, argument }, timeoutMs)) as T

/** Runs a script for an unmodified `MlflowClient`, bound to the name `client`. */
export const runMlflowClient = <T>(
  { url, python }: { url: string; python: string },
  script: string,
  options: PythonOptions = {},
): Promise<T> => {
  const head = ['import mlflow', 'from mlflow import MlflowClient', 'client = MlflowClient()']
  return runPython<T>(python, [...head, script].join('\n'), {
    ...options,
    env: { MLFLOW_TRACKING_URI: url, ...options.env },
  })
}
