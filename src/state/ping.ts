import type { GatewayDatabase } from './database.ts'

/** Whether the database answers; the readiness of a gateway, which can do nothing without it. */
export async function answers({ queries }: GatewayDatabase): Promise<boolean> {
  try {
    await queries.selectFrom('setting').select('key').limit(1).execute()
    return true
  } catch {
    // Why it does not is logged where somebody wanted something of it.
    return false
  }
}
