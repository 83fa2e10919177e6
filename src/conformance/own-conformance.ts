import type { AdapterTools } from '../contract/index.ts'
import type { ConformanceOptions } from './session.ts'

/**
 * What the module of a plug-in may export as `conformance`, for `modelgate conformance` to take before its own
 * defaults. As a function it is given the options that the adapter is connected with, checked by its `configSchema`.
 */
export type OwnConformance<Config = unknown> =
  | Partial<ConformanceOptions>
  | ((
      config: Config,
      tools: AdapterTools,
    ) => Partial<ConformanceOptions> | Promise<Partial<ConformanceOptions>>)
