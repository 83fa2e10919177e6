import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { Answer } from './open-gateway.ts'

const checkout = fileURLToPath(new URL('../..', import.meta.url))

export interface GatewayProcessOptions {
  /** The checkout whose gateway it is; this one when left out. */
  readonly home?: string
  /** A module that is loaded before it, to which `send` speaks. */
  readonly preload?: string
  /** Where its log goes; to that of the tests when left out. */
  readonly logFile?: string
}

/** A gateway in a process of its own, which can be killed and started again on the same database. */
export class GatewayProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'modelgate-process-'))
  readonly #file = join(this.folder, 'modelgate.yaml')
  readonly #options: GatewayProcessOptions
  #child: ChildProcess | null = null
  #endpoint = ''

  constructor(config: object, options: GatewayProcessOptions = {}) {
    this.#options = options
    const database = { url: `sqlite:${join(this.folder, 'gateway.db')}` }
    writeFileSync(this.#file, stringify({ server: { port: 0 }, database, ...config }))
  }

  async start(): Promise<void> {
    const { home = checkout, preload, logFile } = this.#options
    const imports = preload === undefined ? [] : ['--import', preload]
    const command = [join(home, 'src/main.ts'), 'start', '--config', this.#file, '--json']
    const child = spawn(process.execPath, [...imports, ...command, '--log-level', 'warn'], {
      stdio: ['ignore', 'pipe', logFile === undefined ? 'inherit' : openSync(logFile, 'a'), 'ipc'],
    })
    this.#child = child
    let printed = ''
    for await (const chunk of child.stdout ?? []) {
      printed += String(chunk)
      if (printed.endsWith('}\n')) break
    }
    this.#endpoint = (JSON.parse(printed) as { endpoint: string }).endpoint
  }

  /** Where it listens, without a path. */
  get url(): string {
    return new URL(this.#endpoint).origin
  }

  async ask(query: string, variables: object, options: Pick<RequestInit, 'headers' | 'signal'> = {}) {
    const response = await fetch(this.#endpoint, {
      ...options,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...options.headers },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer
  }

  send(message: object): void {
    if (this.#child?.connected) this.#child.send(message)
  }

  /** Until it continues it does nothing, and keeps what it holds. */
  suspend(): void {
    this.#child?.kill('SIGSTOP')
  }

  continue(): void {
    this.#child?.kill('SIGCONT')
  }

  /** Resident memory, in bytes. */
  get memory(): number {
    const status = readFileSync(`/proc/${this.#child?.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  }

  /** Answers its exit code and signal; null when it does not run. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<unknown[] | null> {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return null
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    return await ended
  }
}
