import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type GatewayName, gatewayKinds } from './gateway-kinds.ts'
import { type GatewayKind, GatewayProcess } from './gateway-process.ts'
import { LoadClients } from './load-clients.ts'
import type { Answered, Load } from './load-generator.ts'
import { installPeers } from './peers-folder.ts'
import { RecordedUpstream } from './recorded-upstream.ts'

export interface BenchOptions {
  /** Whether it has to be over in three minutes. */
  readonly isQuick: boolean
  /** For one load of one gateway in one round. */
  readonly seconds: number
  /** Of how many variants of a question the answers are compared with the reference. */
  readonly checked: number
  readonly soakMinutes: number
  /** Whether those are measured too that no target names. */
  readonly withOthers: boolean
}

/** What is measured with: the recorded servers, the gateways over them, each started once, and the load. */
export class Bench {
  readonly options: BenchOptions
  readonly upstream: RecordedUpstream
  /** For files of this run; taken away at its end. */
  readonly folder: string
  /** Whose answers to what were found to be right. */
  readonly compared = new Set<string>()
  readonly #kinds: Readonly<Record<GatewayName, GatewayKind>>
  readonly #clients = new LoadClients()
  readonly #started = new Map<string, Promise<GatewayProcess>>()
  readonly #own: GatewayProcess[] = []

  private constructor(options: BenchOptions, upstream: RecordedUpstream, folder: string) {
    this.options = options
    this.upstream = upstream
    this.folder = folder
    this.#kinds = gatewayKinds({ peers: installPeers(), upstream, folder })
  }

  static async open(options: BenchOptions): Promise<Bench> {
    const folder = mkdtempSync(join(tmpdir(), 'modelgate-bench-'))
    return new Bench(options, await RecordedUpstream.start(), folder)
  }

  /** The one of this name that all measurements share. */
  gateway(name: GatewayName): Promise<GatewayProcess> {
    const started = this.#started.get(name) ?? this.#startShared(name)
    this.#started.set(name, started)
    return started
  }

  async #startShared(name: GatewayName): Promise<GatewayProcess> {
    const gateway = await GatewayProcess.start(this.#kinds[name], this.#log(name))
    if (gateway.kind.language === 'modelgate') await this.#untilCatalogIsRead()
    return gateway
  }

  /** A gateway reads all registries once, soon after its start, and from then on only what changes. */
  async #untilCatalogIsRead(): Promise<void> {
    const [begun, settled] = [performance.now(), 2500]
    let [count, since] = [await this.upstream.count(), performance.now()]
    while (performance.now() - since < settled && performance.now() - begun < 30_000) {
      await wait(100)
      const now = await this.upstream.count()
      if (now !== count) [count, since] = [now, performance.now()]
    }
  }

  /** One that only who asks for it uses, and stops. */
  async newGateway(
    name: GatewayName,
    { execArgs = [], changed = {} }: NewGateway = {},
  ): Promise<GatewayProcess> {
    const kind = { ...this.#kinds[name], ...changed }
    const gateway = await GatewayProcess.start(kind, this.#log(`${name}-${this.#own.length}`), execArgs)
    this.#own.push(gateway)
    return gateway
  }

  load(load: Load): Promise<Answered> {
    return this.#clients.ask(load)
  }

  async close(): Promise<void> {
    this.#clients.close()
    const started = await Promise.allSettled(this.#started.values())
    const gateways = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    await Promise.all([...gateways, ...this.#own].map((gateway) => gateway.stop()))
    this.upstream.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  #log(name: string): string {
    return join(this.folder, `${name}.log`)
  }
}

interface NewGateway {
  readonly execArgs?: readonly string[]
  readonly changed?: Partial<GatewayKind>
}
