import { expect, it } from 'vitest'
import { boss, type PermittedGateway, type Who } from './open-permitted.ts'

interface Listed {
  readonly registry: string
  /** What all models begin with; those of the team with `team-` after it, and one is `one`. */
  readonly prefix: string
  /** How often it asks itself first where it had best begin, which who sees everything has no need of. */
  readonly looks?: number
}

const forms = [
  ['a beginning', (prefix: string) => [`${prefix}team-*`]],
  ['one name', (prefix: string) => [`${prefix}one`]],
  ['a few names', (prefix: string) => [`${prefix}one`, `${prefix}team-1`, `${prefix}team-2`]],
  [
    'beginnings that have one in common',
    (prefix: string) => [`${prefix}team-*`, `${prefix}t*`, `${prefix}team-1`],
  ],
] as const

const queries = [
  'models(registries: [$registry], first: 50) { nodes { name } complete }',
  'models(registries: [$registry], first: 50, orderBy: [{ field: CREATED_AT, direction: DESC }]) { nodes { name } complete }',
  'modelVersions(registries: [$registry], first: 50) { nodes { name: modelName } complete }',
]

/** Pages of who sees a part of a registry, against those of an administrator; everything is asked once before. */
export function itCostsNoMore(
  name: string,
  open: () => PermittedGateway,
  { registry, prefix, looks = 0 }: Listed,
): void {
  it.each(forms.flatMap(([form, grantsOf]) => queries.map((query) => [form, query, grantsOf] as const)))(
    `costs no more requests to ${name} to see %s than to see everything: %s`,
    async (form, query, grantsOf) => {
      const gateway = open()
      const who: Who = { principal: `user:${registry} ${form}`, default: 'NO_PERMISSIONS' }
      for (const model of grantsOf(prefix)) {
        await gateway.permissions.set({ registry, model, principal: who.principal, permission: 'READ' })
      }
      const cost = async (asking: Who) => {
        const document = `query ($registry: String!) { list: ${query} }`
        await gateway.data(asking, document, { registry })
        const { data, extensions } = await gateway.ask(
          asking,
          document,
          { registry },
          { 'modelgate-explain': '1' },
        )
        expect(data.list.complete).toBe(true)
        return {
          names: data.list.nodes as { name: string }[],
          requests: extensions?.modelgate.upstreamRequests[registry] ?? 0,
        }
      }
      const whole = await cost(boss)
      const seen = await cost(who)
      expect(seen.names.length).toBeGreaterThan(0)
      expect(seen.requests).toBeLessThanOrEqual(whole.requests + looks)
    },
  )
}
