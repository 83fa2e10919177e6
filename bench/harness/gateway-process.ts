import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../../test/environment/free-port.ts'
import { cpuMs, residentMb } from './process-usage.ts'

/** How one of those that are compared is started and asked. */
export interface GatewayKind {
  readonly name: string
  /** Which of a question's forms it is asked. */
  readonly language: 'modelgate' | 'peers' | 'none'
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Given to it behind `args`, beside the environment's PORT. */
  readonly portOption?: string
  path(question: string): string
}

export interface Answer {
  readonly status: number
  readonly text: string
  readonly ms: number
}

const startedWithinMs = 60_000
const pollMs = 4

export class GatewayProcess {
  readonly kind: GatewayKind
  readonly port: number
  readonly #process: ChildProcess
  /** From the start of the process to its first answer. */
  startMs = Number.NaN

  private constructor(kind: GatewayKind, port: number, process: ChildProcess) {
    this.kind = kind
    this.port = port
    this.#process = process
  }

  /** Its output goes to `log`. */
  static async start(
    kind: GatewayKind,
    log: string,
    execArgs: readonly string[] = [],
  ): Promise<GatewayProcess> {
    const port = await freePort()
    const option = kind.portOption ? [kind.portOption, String(port)] : []
    const startedAt = performance.now()
    const child = spawn(process.execPath, [...execArgs, ...kind.args, ...option], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...kind.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const said = createWriteStream(log)
    child.stdout?.pipe(said)
    child.stderr?.pipe(said)
    const gateway = new GatewayProcess(kind, port, child)
    while (!(await gateway.#isUp())) {
      if (child.exitCode !== null || performance.now() - startedAt > startedWithinMs) {
        child.kill('SIGKILL')
        throw new Error(`${kind.name} did not start; ${log} has what it said.`)
      }
      await wait(pollMs)
    }
    gateway.startMs = performance.now() - startedAt
    return gateway
  }

  async #isUp(): Promise<boolean> {
    try {
      return (await this.ask('', '{"query":"{ __typename }"}')).status === 200
    } catch {
      return false
    }
  }

  async ask(question: string, body: string): Promise<Answer> {
    const startedAt = performance.now()
    const response = await fetch(`http://127.0.0.1:${this.port}${this.kind.path(question)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
    })
    const text = await response.text()
    return { status: response.status, text, ms: performance.now() - startedAt }
  }

  /** Asks what was loaded into it by `--import`. */
  async tell<T>(): Promise<T> {
    const told = once(this.#process, 'message')
    this.#process.send('tell')
    return ((await told) as [T])[0]
  }

  get cpuMs(): number {
    return cpuMs(this.#process.pid as number)
  }

  get residentMb(): number {
    return residentMb(this.#process.pid as number)
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    this.#process.kill('SIGKILL')
    await once(this.#process, 'exit')
  }
}
