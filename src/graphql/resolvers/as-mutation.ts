import type { GatewayContext } from '../context.ts'

type Resolve = (parent: never, given: never, context: GatewayContext) => unknown

/** Each field of a mutation has its own budget. */
export function asMutation<Fields extends Record<string, Resolve>>(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [name, inTurn(resolve)]),
  ) as Fields
}

function inTurn(resolve: Resolve): Resolve {
  return (parent, given, context) => {
    context.session.renew()
    return resolve(parent, given, context)
  }
}
