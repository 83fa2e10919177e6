import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface StartedMlflow {
  readonly url: string
  /** Requests so far. */
  count(): Promise<number>
  stop(): void
}

/** MLflow servers in a process of their own, which ends with this one. */
export async function startMlflow(models: number, registries: number): Promise<StartedMlflow> {
  const program = join(import.meta.dirname, 'fleet-mlflow-process.ts')
  const child = spawn(process.execPath, [program, `${models}`, `${registries}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  const url = String(said).trim()
  return {
    url,
    count: async () => ((await (await fetch(`${url}/count`)).json()) as { requests: number }).requests,
    stop: () => child.stdin.end(),
  }
}
