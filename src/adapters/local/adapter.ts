import type { AdapterDefinition } from '../../contract/index.ts'
import { type LocalConfig, localConfigSchema } from './config.ts'
import type { LocalTools } from './connect.ts'

/** A registry that lives in the gateway's own database, which it shares and does not close. */
export const localAdapter = {
  contractVersion: 1 as const,
  name: 'local',
  configSchema: localConfigSchema,
  connect: async (config: LocalConfig, tools: LocalTools) =>
    (await import('./connect.ts')).connectLocal(config, tools),
} satisfies AdapterDefinition<LocalConfig>
