import type { BrokenRegistryConfig, RegistryConfig } from '../config/index.ts'
import type { Adapter, AdapterTools } from '../contract/index.ts'
import type { Forwarding } from '../federation/registry/registry-settings.ts'
import { forwardingAdapter } from './forwarding-adapter.ts'

interface ForwardingOptions {
  readonly auth?: { readonly forward?: unknown; readonly background?: unknown; readonly catalog?: unknown }
}

/** Whether callers' own credentials go to a registry, as its `auth` says; a plug-in says it in its options. */
export function forwardingOf(registry: RegistryConfig | BrokenRegistryConfig): Forwarding | null {
  if (registry.broken !== null) return null
  const { auth } = (registry.options ?? {}) as ForwardingOptions
  return auth?.forward === true ? { catalog: auth.catalog === true } : null
}

export async function connectForwarding(
  { name, definition, options }: RegistryConfig,
  tools: AdapterTools,
): Promise<Adapter> {
  const { auth, ...others } = options as ForwardingOptions
  const connect = async (own: object | undefined) =>
    definition.connect({ ...others, ...(own && { auth: own }) }, tools)
  return forwardingAdapter({
    registry: name,
    connectAs: (bearer) => connect({ bearer }),
    background: auth?.background ? await connect(auth.background) : null,
    bare: await connect(undefined),
  })
}
