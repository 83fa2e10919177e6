import { expect } from 'vitest'
import type { AnyJson } from '../environment/any-json.ts'
import { type GuardedGateway, openGuardedGateway } from '../identity/open-gateway.ts'
import { eventFields, type ToldEvent } from './listen.ts'

// The machine may have much else to do.
const registries = [{ name: 'lab', adapter: 'local', environment: 'dev', timeoutMs: 30_000 }]

/** A gateway with one registry of its own, which is never looked at for changes by others while a test lasts. */
export function openLab(config: object = {}, env?: NodeJS.ProcessEnv): Promise<GuardedGateway> {
  return openGuardedGateway({ registries, ...config }, env)
}

export async function data(
  url: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<AnyJson> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  const { data: found, errors } = (await response.json()) as { data: unknown; errors?: unknown }
  expect(errors).toBeUndefined()
  return found
}

export const make = (name: string) =>
  `mutation { createModel(input: { registry: "lab", name: "${name}" }) { model { name } } }`
export const tag = (name: string, value: string) =>
  `mutation { setModelTags(input: { model: { key: { registry: "lab", name: "${name}" } }, tags: [{ key: "t", value: "${value}" }] }) { model { id } } }`

/** The place where the log ends: whatever is written from now on is behind it. */
export async function now(url: string, headers: Record<string, string> = {}): Promise<string> {
  const query = '{ changes(from: "2999-01-01T00:00:00Z") { pageInfo { endCursor } } }'
  return (await data(url, query, headers)).changes.pageInfo.endCursor
}

/** All that `changes` tells since a cursor, page by page. */
export async function changes(
  url: string,
  since: string | null = null,
  headers: Record<string, string> = {},
): Promise<ToldEvent[]> {
  const events: ToldEvent[] = []
  for (let after = since; ; ) {
    const given = after === null ? '' : `since: ${JSON.stringify(after)}, `
    const query = `{ changes(${given}first: 500) { nodes { ${eventFields} } pageInfo { hasNextPage endCursor } } }`
    const { nodes, pageInfo } = (await data(url, query, headers)).changes
    events.push(...nodes)
    if (!pageInfo.hasNextPage) return events
    after = pageInfo.endCursor
  }
}
