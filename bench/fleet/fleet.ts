import type { ModelRecord, ModelVersionRecord, RunRecord, TagRecord } from '../../src/contract/index.ts'
import { nameOf, type Subject, subjectOf } from './fleet-names.ts'
import { Random } from './random.ts'
import { adjectives, animals, frameworks, metricKeys, owners, tiers, words } from './vocabulary.ts'

/** Of each region the same models in all its environments, each registry with versions of its own. */
export const fleetRegistries = [
  { name: 'mlflow-dev-eu', environment: 'dev', region: 0 },
  { name: 'mlflow-dev-us', environment: 'dev', region: 1 },
  { name: 'mlflow-dev-apac', environment: 'dev', region: 2 },
  { name: 'lab', environment: 'dev', region: 3 },
  { name: 'mlflow-staging-eu', environment: 'staging', region: 0 },
  { name: 'mlflow-staging-us', environment: 'staging', region: 1 },
  { name: 'mlflow-staging-apac', environment: 'staging', region: 2 },
  { name: 'mlflow-prod-eu', environment: 'prod', region: 0 },
  { name: 'mlflow-prod-us', environment: 'prod', region: 1 },
  { name: 'mlflow-prod-apac', environment: 'prod', region: 2 },
] as const

/** `whole`: with ten tags, and runs of ten metrics. `plain`: name, description, five tags and an alias, and no more. */
export type FleetShape = 'whole' | 'plain'

/** Of ten models in a row. */
const versionCounts = [10, 1, 25, 3, 12, 2, 19, 8, 15, 5]
const firstTime = Date.UTC(2022, 0, 1)
const dayMs = 86_400_000
const days = 1500

/** One registry of a fleet, made anew whenever it is asked for. */
export class FleetRegistry {
  readonly name: string
  readonly models: number
  readonly #place: number
  readonly #region: number
  readonly #shape: FleetShape

  constructor(place: number, models: number, shape: FleetShape) {
    const { name, region } = fleetRegistries[place] ?? fleetRegistries[0]
    this.name = name
    this.models = models
    this.#place = place
    this.#region = region
    this.#shape = shape
  }

  nameOf(model: number): string {
    return nameOf(this.#subject(model))
  }

  versionCount(model: number): number {
    return versionCounts[model % versionCounts.length] ?? 1
  }

  runIdOf(model: number, version: number): string {
    // Of 100,000 that are random two would be the same: there are no more states than 2^32.
    const own = model.toString(16).padStart(8, '0') + version.toString(16).padStart(4, '0')
    return new Random(3, this.#place, model, version).hex(20) + own
  }

  model(model: number): ModelRecord {
    const random = new Random(4, this.#place, model)
    const subject = this.#subject(model)
    const createdAt = this.#timeOf(model, 1)
    const isWhole = this.#shape === 'whole'
    return {
      name: nameOf(subject),
      description: isWhole ? descriptionOf(subject, random) : null,
      tags: isWhole ? tagsOf(subject, random).slice(0, 4) : [],
      aliases: this.#aliasesOf(model, random),
      createdAt,
      updatedAt: this.#timeOf(model, this.versionCount(model)),
      archived: false,
      latestVersions: null,
    }
  }

  version(model: number, version: number): ModelVersionRecord {
    const random = new Random(5, this.#place, model, version)
    const subject = this.#subject(model)
    const isWhole = this.#shape === 'whole'
    const runId = isWhole ? this.runIdOf(model, version) : null
    const createdAt = this.#timeOf(model, version)
    const tags = tagsOf(subject, random)
    return {
      modelName: nameOf(subject),
      version: String(version),
      description: descriptionOf(subject, random),
      tags: isWhole ? tags : tags.slice(2, 7),
      aliases: null,
      stage: isWhole ? this.#stageOf(model, version) : null,
      archived: false,
      status: 'READY',
      statusMessage: null,
      source: runId && `s3://${this.name}/artifacts/${model % 97}/${runId}/artifacts/model`,
      artifactUri: null,
      runId,
      digest: null,
      sizeBytes: null,
      createdAt,
      updatedAt: createdAt,
      createdBy: null,
    }
  }

  run(model: number, version: number): RunRecord {
    const random = new Random(6, this.#place, model, version)
    const startedAt = this.#timeOf(model, version)
    return {
      runId: this.runIdOf(model, version),
      name: `${random.pick(adjectives)}-${random.pick(animals)}-${random.below(1000)}`,
      status: 'FINISHED',
      startedAt,
      endedAt: new Date(startedAt.getTime() + 60_000 * (1 + random.below(600))),
      metrics: metricKeys.map((key) => ({ key, value: metricOf(key, random), step: random.below(100) })),
      params: [
        { key: 'learning_rate', value: random.pick(['0.1', '0.05', '0.01', '0.001', '3e-4']) },
        { key: 'max_depth', value: String(3 + random.below(12)) },
        { key: 'n_estimators', value: String(100 * (1 + random.below(20))) },
        { key: 'dataset', value: `${this.#subject(model).domain}-v${1 + random.below(40)}` },
      ],
      url: null,
    }
  }

  #subject(model: number): Subject {
    return subjectOf(this.#region * this.models + model)
  }

  #timeOf(model: number, version: number): Date {
    const random = new Random(7, this.#place, model)
    const first = random.below(days)
    const age = ((days - first) * version) / (this.versionCount(model) + 1)
    return new Date(firstTime + Math.floor((first + age) * dayMs) + random.below(dayMs))
  }

  #stageOf(model: number, version: number): string {
    const left = this.versionCount(model) - version
    return left === 0 ? 'Staging' : left === 1 ? 'Production' : left < 4 ? 'Archived' : 'None'
  }

  #aliasesOf(model: number, random: Random) {
    const count = this.versionCount(model)
    if (this.#shape === 'plain') {
      return Array.from({ length: count }, (_, index) => ({
        name: `release-${index + 1}`,
        version: String(index + 1),
      }))
    }
    const champion = { name: 'champion', version: String(Math.max(1, count - random.below(3))) }
    const challenger = { name: 'challenger', version: String(count) }
    return random.below(5) < 2 ? [challenger, champion] : [champion]
  }
}

/** All registries of a fleet of so many models. */
export function createFleet(models: number, shape: FleetShape): readonly FleetRegistry[] {
  return fleetRegistries.map((_, place) => new FleetRegistry(place, models / fleetRegistries.length, shape))
}

/** Ten, of which the first four are a model's too. */
function tagsOf({ team, domain, task, algorithm, language, ticket }: Subject, random: Random): TagRecord[] {
  return [
    { key: 'domain', value: domain },
    { key: 'tier', value: random.pick(tiers) },
    { key: 'team', value: team },
    { key: 'owner', value: random.pick(owners) },
    { key: 'language', value: language },
    { key: 'task', value: task },
    { key: 'ticket', value: ticket },
    { key: 'algorithm', value: algorithm },
    { key: 'framework', value: random.pick(frameworks) },
    { key: 'git_commit', value: random.hex(12) },
  ]
}

/** Of 6 to 19 words. */
function descriptionOf({ domain, task, algorithm }: Subject, random: Random): string {
  const rest = Array.from({ length: 3 + random.below(14) }, () => random.pick(words))
  return [algorithm, domain, task, ...rest].join(' ')
}

function metricOf(key: string, random: Random): number {
  if (key === 'latency_ms_p95') return Math.round(random.share() * 20_000) / 100
  if (key === 'train_seconds') return random.below(80_000)
  return Math.round((0.4 + 0.6 * random.share()) * 1e6) / 1e6
}
