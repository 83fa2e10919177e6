import type { OpenTokens } from '../cli/index.ts'
import type { GatewayConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import { ApiTokens } from '../state/api-tokens/api-tokens.ts'
import { openGatewayDatabase } from './open-database.ts'

/** Outside of a running gateway, and beside one. */
export async function openTokens({ database: { url } }: GatewayConfig, log: Logger): Promise<OpenTokens> {
  const database = await openGatewayDatabase(url, { log })
  return { tokens: new ApiTokens(database), close: () => database.close() }
}
