import { runCommand } from './run-command.ts'

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

/**
 * Runs a Python script and gives back what it assigned to `result`, by way of JSON. The script finds `json`
 * imported and its input as `argument`; what it prints does not matter.
 */
export const runPython = async <T>(
  python: string,
  script: string,
  { argument = null, env = {}, timeoutMs = 120_000 }: PythonOptions = {},
): Promise<T> => {
  const whole = [
    'import json, sys',
    'argument = json.loads(sys.argv[1])',
    'result = None',
    script,
    `print(${JSON.stringify(marker)} + json.dumps(result))`,
  ].join('\n')
  const said = await runCommand(python, ['-c', whole, JSON.stringify(argument)], {
    env: { ...quiet, ...env },
    timeoutMs,
  })
  return JSON.parse(said.slice(said.lastIndexOf(marker) + marker.length)) as T
}

const marker = 'modelgate-result:'

/** Starts a script for an unmodified `MlflowClient`, bound to the name `client`. */
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
