import { readFile } from 'node:fs/promises'
import type { ProvidedContext } from 'vitest'
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

/** What a run is given, and how its backends are ended. */
export interface StartedBackends {
  provided: ProvidedContext
  close(): Promise<void>
}

/**
 * Starts one of each backend before the suites that need them, and ends them after the last; or takes those that
 * `keep-servers.ts` keeps.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = process.env.MODELGATE_TEST_SERVERS
  const { provided, close } = kept === undefined ? await startBackends() : await takeKept(kept)
  const { absentBackends: absent } = provided
  if (process.env.CI && Object.keys(absent).length > 0) {
    await close()
    throw new Error(`not every backend could be set up:\n${describe(absent)}`)
  }
  for (const [key, value] of Object.entries(provided)) project.provide(key as keyof ProvidedContext, value)
  return async () => {
    await close()
    if (Object.keys(absent).length > 0)
      say(`ABSENT, and the suites that need them failed:\n${describe(absent)}`)
  }
}

const takeKept = async (path: string): Promise<StartedBackends> => ({
  provided: JSON.parse(await readFile(path, 'utf8')),
  close: async () => {},
})

export const startBackends = async (): Promise<StartedBackends> => {
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
  return {
    provided: toProvided(running, absent),
    close: async () => {
      await Promise.all([...running.values()].map((backend) => backend.close()))
    },
  }
}

const toProvided = (
  running: ReadonlyMap<string, Backend>,
  absentBackends: Record<string, string>,
): ProvidedContext => {
  const mlflow = (version: string) => {
    const backend = running.get(`mlflow ${version}`)
    const nowhere = nowhereOf(`mlflow-${version}`)
    return { url: backend?.url ?? `http://${nowhere}`, python: backend?.python ?? `/${nowhere}/python` }
  }
  return {
    mlflow: { '3.17.2': mlflow('3.17.2'), '2.22.4': mlflow('2.22.4') },
    postgresUrl: running.get('postgres')?.url ?? `postgres://${nowhereOf('postgres')}/postgres`,
    azureAiMlPython: running.get('azure-ai-ml')?.python ?? `/${nowhereOf('azure-ai-ml')}/python`,
    absentBackends,
  }
}

// An address that never answers and says why: a suite without its backend fails, and its error names the backend.
const nowhereOf = (name: string): string => `${name}-is-absent.invalid`

const describe = (absent: Record<string, string>): string =>
  Object.entries(absent)
    .map(([name, reason]) => `  ${name}: ${reason}`)
    .join('\n')
