import type { GatewayContext } from '../context.ts'

type Resolve = (parent: never, given: never, context: GatewayContext) => unknown

/** Each field of a mutation has its own budget, and a name in the log. */
export function asMutation<Fields extends Record<string, Resolve>>(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [name, inTurn(name, resolve)]),
  ) as Fields
}

function inTurn(name: string, resolve: Resolve): Resolve {
  return async (parent, given, context) => {
    context.session.renew()
    const result = await resolve(parent, given, context)
    context.session.noteWrite(name, context.requestId, result)
    return result
  }
}
