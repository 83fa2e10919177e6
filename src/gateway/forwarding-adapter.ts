import { lookUp, type MemberPlace, makeFacets } from '../contract/facet-places.ts'
import { type Adapter, type Call, RegistryError } from '../contract/index.ts'
import { CallersAdapters } from './callers-adapters.ts'

export interface Forwarding {
  readonly registry: string
  /** Connects with this token for the credential. */
  connectAs(bearer: string): Promise<Adapter>
  /** With what the gateway itself comes, without any caller; null: it does not. */
  readonly background: Adapter | null
  /** Comes with nothing at all: to see whether somebody answers, and which facets there are. */
  readonly bare: Adapter
}

/**
 * A registry that is asked with the caller's own credential. Each credential has connections of its own and all that is
 * remembered beside them, so that nothing which one caller may see reaches another.
 */
export function forwardingAdapter({ registry, connectAs, background, bare }: Forwarding): Adapter {
  const callers = new CallersAdapters(connectAs)
  const ask = <T>(call: Call, run: (adapter: Adapter) => Promise<T>): Promise<T> => {
    const credential = call.caller?.credential
    if (credential !== undefined) return callers.use(credential, run)
    if (background) return run(background)
    throw new RegistryError('UNSUPPORTED', explainBackground(registry), { nothingWritten: true })
  }
  return {
    perCaller: true,
    describe: async (call) => ask(call, (adapter) => adapter.describe(call)),
    health: async (call) =>
      call.caller?.credential === undefined && background === null
        ? answersAtAll(bare, call)
        : ask(call, (adapter) => adapter.health(call)),
    ...makeFacets((place) => forwarded(place, bare, ask)),
    async close() {
      await Promise.all([callers.close(), background?.close(), bare.close()])
    },
  }
}

type Given = readonly unknown[]
type Facet = Readonly<Record<string, unknown>>
type Ask = <T>(call: Call, run: (adapter: Adapter) => Promise<T>) => Promise<T>

function forwarded({ path, name, row }: MemberPlace, bare: Adapter, ask: Ask): unknown {
  const member = lookUp(bare, [...path, name])
  // Judgements and facts are of the kind of registry, whoever asks.
  if (member === undefined || row.asks === 'fact' || row.asks === 'judgement') return member
  return async (...given: Given) =>
    ask(given.at(-1) as Call, async (adapter) => {
      const answer = await callMember(lookUp(adapter, path) as Facet, name, given)
      return row.asks === 'handle' ? keptInUse(answer as Facet, ask) : answer
    })
}

/** What goes on for long keeps its connections for as long as it is used. */
function keptInUse(handle: Facet, ask: Ask): Facet {
  const members = Object.keys(handle).filter((name) => typeof handle[name] === 'function')
  return Object.fromEntries(
    members.map((name) => [
      name,
      async (...given: Given) => ask(given.at(-1) as Call, async () => callMember(handle, name, given)),
    ]),
  )
}

function callMember(facet: Facet, name: string, given: Given): unknown {
  return (facet[name] as (...given: Given) => unknown).apply(facet, [...given])
}

/** Whoever refuses the gateway is there. */
async function answersAtAll(bare: Adapter, call: Call): Promise<void> {
  try {
    await bare.health(call)
  } catch (error) {
    if (RegistryError.is(error) && (error.code === 'UNAUTHENTICATED' || error.code === 'FORBIDDEN')) return
    throw error
  }
}

function explainBackground(registry: string): string {
  return (
    `The registry "${registry}" is asked with the caller's own credential, and the gateway has none of its own there: ` +
    'write auth.background for this registry.'
  )
}
