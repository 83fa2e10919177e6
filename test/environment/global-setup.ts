import type { TestProject } from 'vitest/node'
import { installAzureAiMl } from './azure-ai-ml-installation.ts'
import { installMlflow } from './mlflow-installation.ts'
import { startMlflow } from './mlflow-server.ts'
import { startPostgres } from './postgres-server.ts'
import { mlflowVersions } from './provided.ts'

interface Backend {
  /** Of a server; a client library has none. */
  url?: string
  python?: string
  close(): Promise<void>
}

const backends: Record<string, () => Promise<Backend>> = {
  ...Object.fromEntries(
    mlflowVersions.map((version) => [
      `mlflow ${version}`,
      async () => {
        await installMlflow(version, say)
        return startMlflow({ version })
      },
    ]),
  ),
  'azure-ai-ml': async () => ({ python: await installAzureAiMl(say), close: async () => {} }),
  postgres: startPostgres,
}

const say = (line: string) => console.log(`[environment] ${line}`)

/** Starts one of each backend before the suites that need them, and ends them after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = new Map<string, Backend>()
  const absent: Record<string, string> = {}
  await Promise.all(
    Object.entries(backends).map(async ([name, start]) => {
      const startedAt = performance.now()
      try {
        running.set(name, await start())
        say(`${name} answers after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
      } catch (error) {
        absent[name] = error instanceof Error ? error.message : String(error)
      }
    }),
  )
  const stopAll = () => Promise.all([...running.values()].map((backend) => backend.close()))
  if (process.env.CI && Object.keys(absent).length > 0) {
    await stopAll()
    throw new Error(`not every backend could be set up:\n${describe(absent)}`)
  }
  provideTo(project, running, absent)
  return async () => {
    await stopAll()
    if (Object.keys(absent).length > 0)
      say(`ABSENT, and the suites that need them failed:\n${describe(absent)}`)
  }
}

const provideTo = (
  project: TestProject,
  running: ReadonlyMap<string, Backend>,
  absent: Record<string, string>,
): void => {
  const mlflow = (version: string) => {
    const backend = running.get(`mlflow ${version}`)
    const nowhere = nowhereOf(`mlflow-${version}`)
    return { url: backend?.url ?? `http://${nowhere}`, python: backend?.python ?? `/${nowhere}/python` }
  }
  project.provide('mlflow', { '3.17.2': mlflow('3.17.2'), '2.22.4': mlflow('2.22.4') })
  project.provide(
    'postgresUrl',
    running.get('postgres')?.url ?? `postgres://${nowhereOf('postgres')}/postgres`,
  )
  project.provide(
    'azureAiMlPython',
    running.get('azure-ai-ml')?.python ?? `/${nowhereOf('azure-ai-ml')}/python`,
  )
  project.provide('absentBackends', absent)
}

// An address that never answers and says why: a suite without its backend fails, and its error names the backend.
const nowhereOf = (name: string): string => `${name}-is-absent.invalid`

const describe = (absent: Record<string, string>): string =>
  Object.entries(absent)
    .map(([name, reason]) => `  ${name}: ${reason}`)
    .join('\n')
