import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FaultProxy, startFaultProxy } from '../environment/fault-proxy.ts'
import { GatewayProcess } from '../gateway/gateway-process.ts'
import type { Door } from './history.ts'
import type { SharedDatabase, Target } from './target.ts'

export const registryUnderTest = 'main'
export const registryOfOriginals = 'origin'

/** One of the gateways, with a way of its own to the registry under test. */
export interface Member extends Door {
  readonly process: GatewayProcess
  readonly proxy: FaultProxy | null
}

/** Gateways of one configuration on one database. */
export class Fleet {
  readonly folder = mkdtempSync(join(tmpdir(), 'modelgate-history-'))
  readonly database: SharedDatabase
  readonly members: Member[] = []

  constructor(openDatabase: (folder: string) => SharedDatabase) {
    this.database = openDatabase(this.folder)
  }

  get logFile(): string {
    return join(this.folder, 'gateways.log')
  }

  /** The first alone, as it makes the database. */
  async start(target: Target, names: readonly string[]): Promise<void> {
    for (const name of names) this.members.push(await this.#createMember(target, name))
    const [first, ...others] = this.members.map(({ process }) => process)
    await first?.start()
    await Promise.all(others.map((other) => other.start()))
  }

  async close(): Promise<void> {
    for (const { process, proxy } of this.members) {
      process.continue()
      await process.stop()
      await proxy?.close()
    }
  }

  async #createMember(target: Target, name: string): Promise<Member> {
    const proxy = target.upstream && (await startFaultProxy(target.upstream.url))
    const origin = { name: registryOfOriginals, adapter: 'local', environment: 'dev' }
    const place = proxy && target.upstream ? { [target.upstream.configKey]: proxy.url } : {}
    const config = {
      environments: ['dev', 'prod'],
      registries: [
        { ...origin, artifactFolder: join(this.folder, 'origin') },
        { name: registryUnderTest, environment: 'prod', timeoutMs: 5000, ...target.config, ...place },
      ],
      database: { url: this.database.url },
    }
    const process = new GatewayProcess(config, {
      preload: join(import.meta.dirname, 'shift-clock.ts'),
      logFile: this.logFile,
      ...(globalThis.process.env.MODELGATE_HISTORY_OF !== undefined && {
        home: globalThis.process.env.MODELGATE_HISTORY_OF,
      }),
    })
    return { name, process, proxy, ask: (...question) => process.ask(...question) }
  }
}
