import { type ModuleHooks, type RegisterHooksOptions, registerHooks } from 'node:module'
import { extname } from 'node:path'

const own = (room: string) => new URL(`../${room}/index${extname(import.meta.url)}`, import.meta.url).href

const modules: ReadonlyMap<string, string> = new Map([
  ['modelgate/adapter', own('contract')],
  ['modelgate/conformance', own('conformance')],
])

let hooks: ModuleHooks | null = null

/**
 * From now on, who finds no modelgate among its packages gets this gateway's: a plug-in that lies beside a
 * configuration has none, when the gateway is installed elsewhere.
 */
export function lendOwnModules(): void {
  hooks ??= registerHooks({ resolve: resolveOrLend })
}

/** While there are hooks, Node looks for packages without the conditions it is given. */
export function withoutLending<T>(look: () => T): T {
  const lent = hooks !== null
  hooks?.deregister()
  hooks = null
  try {
    return look()
  } finally {
    if (lent) lendOwnModules()
  }
}

const resolveOrLend: NonNullable<RegisterHooksOptions['resolve']> = (specifier, context, next) => {
  try {
    return next(specifier, context)
  } catch (error) {
    const url = modules.get(specifier)
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
    if (url === undefined || !isMissing) throw error
    return { url, shortCircuit: true }
  }
}
