import type { AnyJson } from '../../environment/any-json.ts'
import type { Answer } from '../../gateway/open-gateway.ts'
import type { Door } from '../../history/history.ts'

export interface VersionContent {
  readonly description: string | null
  readonly stage: string | null
  readonly tags: Readonly<Record<string, string>>
}

export interface ModelContent {
  readonly description: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly aliases: Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, VersionContent>>
}

export type Content = Readonly<Record<string, ModelContent>>

interface Pair {
  readonly key: string
  readonly value: string
}

const rows = `query ($read: ReadMode!, $prefix: String!, $after: String) {
  models(read: $read, first: 100, after: $after, includeArchived: true, where: { name: { startsWith: $prefix } }) {
    complete sources { state asOf error { message } } pageInfo { hasNextPage endCursor }
    nodes { name description tags { key value } aliases { name versionNumber } createdAt updatedAt
      versions(first: 100, includeArchived: true) { nodes {
        version description stage status source runId createdAt updatedAt tags { key value } aliases { name } } } } } }`

export type Row = AnyJson

/** Everything that begins so, whole, as the gateway answers it; null: it could not. */
export async function readRows(
  door: Pick<Door, 'ask'>,
  read: 'LIVE' | 'INDEXED',
  prefix: string,
): Promise<{ readonly nodes: readonly Row[]; readonly state: string; readonly asOf: string | null } | null> {
  const nodes: Row[] = []
  for (let after: string | null = null; ; ) {
    const options = { signal: AbortSignal.timeout(20_000), headers: {} }
    const { data, errors }: Answer = (await door.ask(rows, { read, prefix, after }, options)) as Answer
    const page = data?.models
    if (errors || !page) return null
    nodes.push(...page.nodes)
    const [{ state, asOf }] = page.sources
    if (!page.pageInfo.hasNextPage) return { nodes, state, asOf }
    after = page.pageInfo.endCursor
  }
}

/** What events tell of. */
export function toContent(nodes: readonly Row[]): Content {
  return Object.fromEntries(
    nodes.map(({ name, description, tags, aliases, versions }) => [
      name,
      {
        description,
        tags: toRecord(tags),
        aliases: Object.fromEntries(aliases.map((alias: Row) => [alias.name, alias.versionNumber])),
        versions: Object.fromEntries(
          versions.nodes.map((version: Row) => [
            version.version,
            { description: version.description, stage: version.stage, tags: toRecord(version.tags) },
          ]),
        ),
      },
    ]),
  )
}

function toRecord(pairs: readonly Pair[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]))
}
