import { setTimeout as wait } from 'node:timers/promises'
import { canonical } from '../questions/canonical.ts'
import { type Question, toBody, type Variant } from '../questions/question.ts'
import { type Recording, readRecording } from '../questions/recording.ts'
import type { Bench } from './bench.ts'
import type { GatewayName } from './gateway-kinds.ts'
import type { GatewayProcess } from './gateway-process.ts'
import type { Measurement, Target } from './measurement.ts'

/** How one gateway did under one load. */
export interface LoadFigures {
  readonly rps: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  /** The gateway's CPU time for one answer. */
  readonly cpuMs: number
  /** Requests to the upstream for one answer. */
  readonly upstream: number
}

/** Of those that were measured. */
export type LoadSample = Readonly<Record<GatewayName, LoadFigures>>

export interface LoadOptions {
  /** `always` unless it says otherwise. */
  readonly runs?: 'always' | 'full'
  readonly question: Question
  readonly clients: number
  /** What each upstream answer waits for. */
  readonly delayMs: number
  /** Whether every query is another, or all are the same. */
  readonly varied: boolean
  readonly gateways: readonly GatewayName[]
  /** Not named by a target: measured in the full run. */
  readonly others?: readonly GatewayName[]
  readonly targets: readonly Target<LoadSample>[]
}

/** All gateways under the same load, one after the other in each round, the first of them another each time. */
export class LoadMeasurement implements Measurement<LoadSample> {
  readonly runs: 'always' | 'full'
  readonly options: LoadOptions

  constructor(options: LoadOptions) {
    this.options = options
    this.runs = options.runs ?? 'always'
  }

  get targets() {
    return this.options.targets
  }

  get title(): string {
    const { question, clients, delayMs, varied } = this.options
    const who = clients === 1 ? 'one client' : `${clients} clients`
    return `${question.name}, ${varied ? 'every query another' : 'all the same'}, ${who}, upstream ${delayMs} ms`
  }

  async prepare(bench: Bench): Promise<void> {
    await bench.upstream.set('all', { delayMs: 0 })
    await Promise.all(this.#names(bench).map((name) => bench.gateway(name)))
    for (const name of this.#names(bench))
      await checkAnswers(bench, name, this.options.question, this.#variants.slice(0, bench.options.checked))
    await this.#setDelay(bench)
    for (const name of this.#names(bench))
      await this.#load(bench, name, Math.max(0.3, bench.options.seconds / 2))
  }

  async measure(bench: Bench, round: number): Promise<LoadSample> {
    const names = this.#names(bench)
    const turn = round % names.length
    const figures: [GatewayName, LoadFigures][] = []
    await this.#setDelay(bench)
    for (const name of [...names.slice(turn), ...names.slice(0, turn)]) {
      figures.push([name, await this.#load(bench, name, bench.options.seconds)])
    }
    return Object.fromEntries(figures) as LoadSample
  }

  #names(bench: Bench): readonly GatewayName[] {
    const { gateways, others = [] } = this.options
    return bench.options.withOthers ? [...gateways, ...others] : gateways
  }

  get #variants(): readonly Variant[] {
    const { question, varied } = this.options
    return varied ? question.variants : [question.variants[0]]
  }

  async #setDelay(bench: Bench): Promise<void> {
    await bench.upstream.set('all', { delayMs: this.options.delayMs })
  }

  async #load(bench: Bench, name: GatewayName, seconds: number): Promise<LoadFigures> {
    const { question, clients } = this.options
    const gateway = await bench.gateway(name)
    const bodies = this.#variants.map((variant) => toBody(question, variant, gateway.kind.language))
    await quiet(gateway)
    await bench.upstream.reset()
    const before = gateway.cpuMs
    const load = {
      port: gateway.port,
      path: gateway.kind.path(pathOf(gateway, question)),
      bodies,
      clients,
      seconds,
    }
    const answered = await bench.load(load)
    await quiet(gateway)
    if (answered.bad > 0)
      throw new Error(
        `${name} gave ${answered.bad} answers without data under load, such as ${answered.firstBad}`,
      )
    return {
      rps: answered.answers / answered.seconds,
      p50Ms: answered.p50Ms,
      p95Ms: answered.p95Ms,
      p99Ms: answered.p99Ms,
      cpuMs: (gateway.cpuMs - before) / answered.answers,
      upstream: (await bench.upstream.count()) / answered.answers,
    }
  }
}

/** Waits until it has nothing more to do, so that it neither disturbs the next nor is billed less than it took. */
async function quiet(gateway: GatewayProcess): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const before = gateway.cpuMs
    await wait(30)
    if (gateway.cpuMs - before <= 10) return
  }
}

/** Asks everything once, for all loads together, and compares it with the reference: a wrong answer does not count. */
export async function checkAnswers(
  bench: Bench,
  name: GatewayName,
  question: Question,
  variants: readonly Variant[] = question.variants,
): Promise<void> {
  const gateway = await bench.gateway(name)
  const what = `${name} ${question.name} ${variants.length}`
  if (bench.compared.has(what)) return
  // The direct client can say one thing only.
  for (const variant of gateway.kind.language === 'none' ? [question.variants[0]] : variants) {
    // It answers the same requests with something else.
    if (gateway.kind.language === 'none' && question.direct) return
    const expected = await referenceOf(bench, question, variant)
    const actual = JSON.stringify(await answerOf(gateway, question, variant))
    if (actual !== expected) {
      const asked = JSON.stringify(variant[gateway.kind.language === 'modelgate' ? 'modelgate' : 'peers'])
      throw new Error(
        `${name} gave a wrong answer to ${question.name} with ${asked}${firstDifference(actual, expected)}`,
      )
    }
  }
  bench.compared.add(what)
}

let recording: Recording | undefined
/** Not asked anew for each gateway. */
const references = new WeakMap<Question, Map<Variant, string>>()

/** As the recording says, or else `apollo`. */
async function referenceOf(bench: Bench, question: Question, variant: Variant): Promise<string> {
  recording ??= readRecording()
  const known = references.get(question) ?? new Map<Variant, string>()
  references.set(question, known)
  const reference =
    known.get(variant) ??
    JSON.stringify(
      variant.expected?.(recording) ?? (await answerOf(await bench.gateway('apollo'), question, variant)),
    )
  known.set(variant, reference)
  return reference
}

const pathOf = (gateway: GatewayProcess, { name, direct }: Question) =>
  gateway.kind.language === 'none' ? (direct ?? name) : name

async function answerOf(gateway: GatewayProcess, question: Question, variant: Variant): Promise<unknown> {
  const { text } = await gateway.ask(question.name, toBody(question, variant, gateway.kind.language))
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown }
  if (errors) throw new Error(`${gateway.kind.name} answered ${question.name} with ${text.slice(0, 500)}`)
  return canonical(data)
}

function firstDifference(is: string, was: string): string {
  let at = 0
  while (is[at] === was[at]) at++
  const near = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `: …${near(is)}… where the reference has …${near(was)}…`
}
