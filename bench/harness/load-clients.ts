import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answered, Load } from './load-generator.ts'

/** A process with clients, which ask one load at a time. */
export class LoadClients {
  readonly #process: ChildProcess = fork(join(import.meta.dirname, 'load-generator.ts'), { stdio: 'inherit' })

  async ask(load: Load): Promise<Answered> {
    const told = once(this.#process, 'message')
    this.#process.send(load)
    const [answered] = (await told) as [Answered | { error: string }]
    if ('error' in answered) throw new Error(`Under load: ${answered.error}`)
    return answered
  }

  close(): void {
    if (this.#process.connected) this.#process.disconnect()
  }
}
