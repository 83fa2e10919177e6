import type { BrokenRegistryConfig, RegistryConfig } from '../config/index.ts'
import type { Adapter, AdapterTools } from '../contract/index.ts'
import { forwardingAdapter } from './forwarding-adapter.ts'

interface ForwardingOptions {
  readonly auth?: { readonly forward?: unknown; readonly background?: object }
}

/** Whether callers' own credentials go to a registry, as its `auth` says; a plug-in says it in its options. */
export function forwardsCredentials(registry: RegistryConfig | BrokenRegistryConfig): boolean {
  if (registry.broken !== null) return false
  return ((registry.options ?? {}) as ForwardingOptions).auth?.forward === true
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
