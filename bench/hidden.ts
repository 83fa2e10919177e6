/**
 * Whether it takes another time to look for what is hidden than for what is not there: pairs in turns, their medians,
 * and Wilcoxon's signed-rank test of the differences. A |z| above 4 is no noise. `npm run bench:hidden`, with the
 * number of pairs after `--`.
 */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pino } from 'pino'
import { stringify } from 'yaml'
import { loadConfig } from '../src/config/index.ts'
import { toNodeId } from '../src/federation/records/node-id.ts'
import { builtInAdapters } from '../src/gateway/connect-registry.ts'
import { startGateway } from '../src/gateway/gateway.ts'
import { RecordedUpstream } from './harness/recorded-upstream.ts'

const pairs = Number(process.argv[2] ?? 1000)
const warmUp = 200
const most = 4
const hiddenModels = 60
const log = pino({ level: 'silent' })

const upstream = await RecordedUpstream.start()
const folder = mkdtempSync(join(tmpdir(), 'modelgate-bench-hidden-'))
const file = join(folder, 'modelgate.yaml')
const seen = (model: string) => ({ principal: 'user:ann', registry: '*', model, permission: 'READ' })
writeFileSync(
  file,
  stringify({
    server: { port: 0 },
    environments: ['dev'],
    database: { url: 'sqlite:./state.db' },
    registries: [
      { name: 'disk', adapter: 'local', environment: 'dev' },
      { name: 'mlflow', adapter: 'mlflow', environment: 'dev', url: upstream.url('dev') },
    ],
    catalog: { syncEvery: '1h' },
    auth: { proxy: { user: 'x-user', groups: 'x-groups', from: ['127.0.0.1/32'] } },
    administrators: ['user:root'],
    // One that no registry can look for alone, so that it also gives hidden rows.
    permissions: { default: 'NO_PERMISSIONS', grants: [seen('seen*'), seen('m*seen*')] },
  }),
)
const config = await loadConfig({ file, env: {}, builtIns: builtInAdapters })

let gateway = await startGateway(config, { empty: true, log })

async function ask(user: string, query: string, variables: object = {}): Promise<string> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': user },
    body: JSON.stringify({ query, variables }),
  })
  const text = await response.text()
  if (response.status !== 200) throw new Error(text)
  return text
}

async function asRoot(query: string) {
  const { data, errors } = JSON.parse(await ask('root', query))
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}

/** The same characters, of which every other number is taken. */
const diskName = (index: number) => `m-${String(7919 * (index + 1)).padStart(9, '0')}`
for (let index = 0; index < hiddenModels; index++) {
  const name = diskName(2 * index)
  const model = `model: { key: { registry: "disk", name: "${name}" } }`
  await asRoot(
    `mutation { createModelVersion(input: { ${model}, createModel: true, source: "s3://b/x" }) { modelVersion { id } } setAlias(input: { ${model}, alias: "champion", version: "1" }) { alias { name } } }`,
  )
}
await gateway.close()
// Begun again, so that it takes in everything at once.
gateway = await startGateway(config, { empty: true, log })
for (;;) {
  const { registries } = await asRoot('{ registries { name catalog { state } } }')
  if (registries.every((each: { catalog?: { state: string } }) => each.catalog?.state === 'OK')) break
  await wait(100)
}

interface Names {
  readonly hidden: readonly string[]
  readonly absent: readonly string[]
}

const mlflowNames: string[] = (
  await asRoot('{ models(registries: ["mlflow"], first: 100) { nodes { name } } }')
).models.nodes.map(({ name }: { name: string }) => name)
const names: Readonly<Record<string, Names>> = {
  disk: {
    hidden: Array.from({ length: hiddenModels }, (_, index) => diskName(2 * index)),
    absent: Array.from({ length: hiddenModels }, (_, index) => diskName(2 * index + 1)),
  },
  mlflow: {
    hidden: mlflowNames.slice(0, hiddenModels),
    absent: mlflowNames.slice(0, hiddenModels).map((name) => `${name.slice(0, -1)}~`),
  },
}

const lists = ['LIVE', 'INDEXED'].flatMap((read) => [
  [
    `${read}: models by name`,
    `models(registries: [$registry], read: ${read}, where: { name: { eq: $name } }) { totalCount nodes { name } }`,
  ],
  [
    `${read}: versions by model`,
    `modelVersions(registries: [$registry], read: ${read}, where: { model: { eq: $name } }) { totalCount nodes { version } }`,
  ],
  [
    `${read}: versions by alias`,
    `modelVersions(registries: [$registry], read: ${read}, where: { model: { eq: $name }, alias: { eq: "champion" } }) { nodes { version } }`,
  ],
])
const lookUps = [
  ['model', 'model(registry: $registry, name: $name) { name }'],
  ['version', 'modelVersion(registry: $registry, model: $name, version: "1") { version }'],
  ['alias', 'resolveModelUri(uri: $alias) { version }'],
  ['latest', 'resolveModelUri(uri: $latest) { version }'],
  ['node', 'nodes(ids: [$id, $versionId]) { id }'],
  ...lists,
] as const

const types = {
  registry: 'String!',
  name: 'String!',
  alias: 'String!',
  latest: 'String!',
  id: 'ID!',
  versionId: 'ID!',
}
const variablesOf = (registry: string, name: string) => ({
  registry,
  name,
  alias: `models://${registry}/${name}@champion`,
  latest: `models://${registry}/${name}/latest`,
  id: toNodeId({ type: 'Model', registry, name }),
  versionId: toNodeId({ type: 'ModelVersion', registry, model: name, version: '1' }),
})

const medianOf = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0

/** Wilcoxon's signed-rank test: how many standard deviations the sum of ranks is from what it is by chance. */
function signedRank(differences: readonly number[]): number {
  const ranked = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b))
  const sum = ranked.reduce((total, difference, index) => total + Math.sign(difference) * (index + 1), 0)
  const count = ranked.length
  return sum / Math.sqrt((count * (count + 1) * (2 * count + 1)) / 6)
}

let worst = 0
for (const [registry, { hidden, absent }] of Object.entries(names)) {
  for (const [what, selection] of lookUps) {
    const used = Object.entries(types).filter(([name]) => selection.includes(`$${name}`))
    const query = `query (${used.map(([name, type]) => `$${name}: ${type}`).join(', ')}) { found: ${selection} }`
    const time = async (name: string) => {
      const variables = variablesOf(registry, name)
      const given = Object.fromEntries(used.map(([key]) => [key, variables[key as keyof typeof variables]]))
      const startedAt = performance.now()
      const text = await ask('ann', query, given)
      const took = performance.now() - startedAt
      return { took, text }
    }
    const times = { hidden: [] as number[], absent: [] as number[] }
    for (let pair = -warmUp; pair < pairs; pair++) {
      const place = Math.floor(Math.random() * hidden.length)
      const order = Math.random() < 0.5 ? (['hidden', 'absent'] as const) : (['absent', 'hidden'] as const)
      const took = { hidden: 0, absent: 0 }
      const texts = new Set<string>()
      for (const kind of order) {
        const answer = await time({ hidden, absent }[kind][place] ?? '')
        took[kind] = answer.took
        texts.add(answer.text.replace(/"requestId":"[^"]*"/, ''))
      }
      if (texts.size > 1) throw new Error(`${registry}, ${what}: ${[...texts].join(' and ')}`)
      if (pair < 0) continue
      times.hidden.push(took.hidden)
      times.absent.push(took.absent)
    }
    const z = signedRank(times.hidden.map((took, index) => took - (times.absent[index] ?? 0)))
    worst = Math.max(worst, Math.abs(z))
    const [one, other] = [medianOf(times.hidden), medianOf(times.absent)]
    console.log(
      `${registry.padEnd(7)} ${what.padEnd(28)} hidden ${one.toFixed(3)} ms, absent ${other.toFixed(3)} ms, ratio ${(one / other).toFixed(3)}, z ${z.toFixed(1)}`,
    )
  }
}
await gateway.close()
upstream.close()
console.log(worst < most ? 'No look-up tells one from the other.' : 'A look-up tells one from the other.')
process.exitCode = worst < most ? 0 : 1
