import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { freePort } from '../../test/environment/free-port.ts'
import { sharedPeers } from './peers-folder.ts'

export const registryNames = ['dev', 'staging', 'prod'] as const
export type RegistryName = (typeof registryNames)[number]

/** Three recorded MLflow 3.17.2 servers in a process of their own: 200 models with 5 versions each. */
export class RecordedUpstream {
  readonly #process: ChildProcess
  readonly #control: number

  private constructor(process: ChildProcess, control: number) {
    this.#process = process
    this.#control = control
  }

  /** It takes four ports in a row, of which only the first can be asked for. */
  static async start(tries = 10): Promise<RecordedUpstream> {
    const control = await freePort()
    const stub = spawn(process.execPath, [join(sharedPeers(), 'upstream/stub.mjs')], {
      env: { ...process.env, STUB0: String(control) },
      stdio: ['ignore', 'pipe', tries > 1 ? 'ignore' : 'inherit'],
    })
    const started = await Promise.race([once(stub.stdout, 'data'), once(stub, 'exit').then(() => null)])
    if (started) return new RecordedUpstream(stub, control)
    if (tries > 1) return RecordedUpstream.start(tries - 1)
    throw new Error('The recorded servers did not start.')
  }

  /** Of the first of the three; the others follow. */
  get firstPort(): number {
    return this.#control + 1
  }

  url(registry: RegistryName): string {
    return `http://127.0.0.1:${this.firstPort + registryNames.indexOf(registry)}`
  }

  async set(registry: RegistryName | 'all', { delayMs, mode }: UpstreamState): Promise<void> {
    const wish = new URLSearchParams({ env: registry })
    if (delayMs !== undefined) wish.set('delay', String(delayMs))
    if (mode !== undefined) wish.set('mode', mode)
    await this.#ask(`ctl?${wish}`)
  }

  /** Requests since the last `reset`. */
  async count(): Promise<number> {
    return (await this.#ask('stats')).total
  }

  async reset(): Promise<void> {
    await this.#ask('reset')
  }

  close(): void {
    this.#process.kill()
  }

  async #ask(path: string): Promise<{ total: number }> {
    const response = await fetch(`http://127.0.0.1:${this.#control}/${path}`)
    return (await response.json()) as { total: number }
  }
}

interface UpstreamState {
  readonly delayMs?: number
  /** `hang` answers after 10 s. */
  readonly mode?: 'ok' | 'hang' | 'down' | '500'
}
