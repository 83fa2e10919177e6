import type { Call, ListPage, ListQuery, Logger } from '../../src/contract/index.ts'
import { type KeptRegistry, openKeptRegistry } from '../growth/kept-registry.ts'
import { modelQuestions, versionQuestions } from '../growth/lists.ts'
import { type Measurement, median, type Target } from '../harness/measurement.ts'

type List = (query: ListQuery<never, never>, call: Call) => Promise<ListPage<unknown, unknown>>
/** What a page takes in ms, by the name of its row. */
type Times = Readonly<Record<string, { readonly small: number; readonly large: number }>>

const [small, large] = [10_000, 1_000_000]
const pageSize = 50
/** In a row with its neighbour in turn, so that both see the same machine. */
const pages = 25
const log: Logger = { debug() {}, info() {}, warn() {}, error() {} }

const questions = [
  ...modelQuestions.map(([name, order, filter, atMost]) => ({
    kind: 'models' as const,
    name,
    order,
    filter,
    atMost,
  })),
  ...versionQuestions.map(([name, order, filter, atMost]) => ({
    kind: 'versions' as const,
    name,
    order,
    filter,
    atMost,
  })),
]
type Question = (typeof questions)[number]

const inQuickRun = [
  'versions by model',
  'versions, newest first',
  'versions with a narrow tag',
  'versions with a narrow tag, newest first',
  'models with a rare text in the name',
]

const toName = (name: string) => `local-${name.replaceAll(/[^a-z]+/g, '-')}`

function newCall(): Call {
  const { signal } = new AbortController()
  return { signal, deadline: Date.now() + 600_000, caller: null, log, countRequest() {} }
}

const toQuery = ({ order, filter }: Question, continuation: string | null = null) =>
  ({
    order,
    filter,
    includeArchived: true,
    limit: pageSize,
    after: null,
    continuation,
  }) as unknown as ListQuery<never, never>

/** Opened once for all rows. */
let opened: Promise<readonly [KeptRegistry, KeptRegistry]> | undefined
const registries = () => {
  opened ??= Promise.all([openKeptRegistry(small), openKeptRegistry(large)])
  return opened
}

const listOf = ({ adapter }: KeptRegistry, { kind }: Question): List =>
  adapter[kind].list.bind(adapter[kind]) as unknown as List

async function timesOf(works: readonly [Work, Work]): Promise<{ small: number; large: number }> {
  const times: [number[], number[]] = [[], []]
  for (let turn = -5; turn < pages; turn++) {
    for (const [index, work] of works.entries()) {
      const startedAt = performance.now()
      await work()
      if (turn >= 0) times[index as 0 | 1].push(performance.now() - startedAt)
    }
  }
  return { small: median(times[0]), large: median(times[1]) }
}

type Work = () => Promise<unknown>

const growth = (chosen: readonly Question[], runs: 'always' | 'full'): Measurement<Times> => ({
  runs,
  targets: chosen.map(
    ({ name, atMost }): Target<Times> => ({
      name: toName(name),
      what: `local registry in SQLite, a page of ${name}: ${large} versions beside ${small}`,
      unit: 'x the small one',
      bar: { atMost },
      figure: (times) => (times[name]?.large ?? Number.NaN) / (times[name]?.small ?? Number.NaN),
    }),
  ),
  async prepare() {
    for (const registry of await registries()) {
      for (const question of chosen) await listOf(registry, question)(toQuery(question), newCall())
    }
  },
  async measure(): Promise<Times> {
    const both = await registries()
    const times: [string, { small: number; large: number }][] = []
    for (const question of chosen) {
      const [few, many] = both.map((registry): Work => {
        const list = listOf(registry, question)
        return () => list(toQuery(question), newCall())
      }) as [Work, Work]
      times.push([question.name, await timesOf([few, many])])
    }
    return Object.fromEntries(times)
  },
})

/** The continuation after nine tenths of all rows. */
async function deepContinuation(list: List, question: Question): Promise<string | null> {
  let continuation: string | null = null
  for (let read = 0; read < large * 0.9; ) {
    const page: ListPage<unknown, unknown> = await list(
      { ...toQuery(question, continuation), limit: 1000 },
      newCall(),
    )
    read += page.items.length
    if (page.continuation === null) throw new Error(`The list of ${question.name} ended after ${read} rows.`)
    continuation = page.continuation
  }
  return continuation
}

const byModel = questions.find(({ name }) => name === 'versions by model') as Question
let deep: string | null = null

export const measurements: readonly Measurement[] = [
  growth(
    questions.filter(({ name }) => inQuickRun.includes(name)),
    'always',
  ),
  growth(
    questions.filter(({ name }) => !inQuickRun.includes(name)),
    'full',
  ),
  {
    runs: 'full',
    targets: [
      {
        name: 'local-deep-page',
        what: `local registry in SQLite of ${large} versions: a page after nine tenths of them`,
        unit: 'x the first page',
        bar: { atMost: 1.5 },
        figure: ({ small: first, large: far }: Times[string]) => far / first,
      },
    ],
    async prepare() {
      const [, registry] = await registries()
      deep = await deepContinuation(listOf(registry, byModel), byModel)
    },
    async measure() {
      const list = listOf((await registries())[1], byModel)
      return timesOf([() => list(toQuery(byModel), newCall()), () => list(toQuery(byModel, deep), newCall())])
    },
  } satisfies Measurement<Times[string]>,
]
