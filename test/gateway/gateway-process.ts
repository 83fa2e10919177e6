import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import type { Answer } from './open-gateway.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** A gateway in a process of its own, which can be killed and started again on the same database. */
export class GatewayProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'modelgate-process-'))
  readonly #file = join(this.folder, 'modelgate.yaml')
  #child: ChildProcess | null = null
  #endpoint = ''

  constructor(config: object) {
    const database = { url: `sqlite:${join(this.folder, 'gateway.db')}` }
    writeFileSync(this.#file, stringify({ server: { port: 0 }, database, ...config }))
  }

  async start(): Promise<void> {
    const command = [main, 'start', '--config', this.#file, '--json', '--log-level', 'warn']
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    let printed = ''
    for await (const chunk of child.stdout) {
      printed += String(chunk)
      if (printed.endsWith('}\n')) break
    }
    this.#endpoint = (JSON.parse(printed) as { endpoint: string }).endpoint
  }

  async ask(query: string, variables: object): Promise<Answer> {
    const response = await fetch(this.#endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as Answer
  }

  /** Resident memory, in bytes. */
  get memory(): number {
    const status = readFileSync(`/proc/${this.#child?.pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
  }

  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}
