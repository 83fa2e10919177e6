import { type Call, RegistryError, type RegistryErrorCode } from '../../contract/index.ts'
import type { MlflowClient } from './client.ts'

/** What a server of some version can do. Chosen by the version, never by trying: old ones ignore what they cannot. */
export interface ServerProfile {
  /** `null`: it does not say. */
  readonly version: string | null
  /** Major and minor as one number, such as 3017. */
  readonly release: number | null
  readonly aliases: boolean
  /** `name IN (…)` in searches. Before 3.17 refused, and in 1.x silently true of every row. */
  readonly nameLists: boolean
  /** `run_id IN (…)` in searches. */
  readonly runLists: boolean
  readonly versionNumbers: boolean
}

/** `configured`: what to take for the server's version, without asking it. */
export async function loadServerProfile(
  client: MlflowClient,
  configured: string | undefined,
  call: Call,
): Promise<ServerProfile> {
  if (configured !== undefined) return profileOf(configured, configured)
  try {
    const version = await client.getVersion(call)
    return version === null ? await profileByBehaviour(client, call) : profileOf(version, version)
  } catch (error) {
    // A user may lack the right to see it. What every version has does for all others.
    if (RegistryError.is(error) && !error.retryable) return unknownServer
    throw error
  }
}

/**
 * Of a server without `/version`: 1.x, or a newer one behind a proxy that passes the API only. Which of them shows in
 * whether it knows aliases; and one that does refuses the lists it cannot read, which 1.x would take for true.
 */
async function profileByBehaviour(client: MlflowClient, call: Call): Promise<ServerProfile> {
  const probe = 'modelgate-probe'
  const aliases = await understands(
    client.get('registered-models/alias', { name: probe, alias: probe }, call),
    ['UNSUPPORTED'],
  )
  if (!aliases) return profileOf('1.0', null)
  const filter = `name IN ('${probe}')`
  const nameLists = await understands(
    client.get('registered-models/search', { filter, max_results: 1 }, call),
    ['BAD_USER_INPUT'],
  )
  return { ...unknownServer, nameLists }
}

async function understands(
  request: Promise<unknown>,
  refusals: readonly RegistryErrorCode[],
): Promise<boolean> {
  try {
    await request
    return true
  } catch (error) {
    if (!RegistryError.is(error) || error.retryable) throw error
    return !refusals.includes(error.code)
  }
}

const unknownServer: ServerProfile = {
  version: null,
  release: null,
  aliases: true,
  nameLists: false,
  runLists: false,
  versionNumbers: false,
}

function profileOf(text: string, version: string | null): ServerProfile {
  const match = /^(\d+)(?:\.(\d+))?(?:\.\S*)?$/.exec(text)
  if (match === null) return unknownServer
  const number = Number(match[1]) * 1000 + Number(match[2] ?? 0)
  return {
    version,
    release: number,
    aliases: number >= 2003,
    nameLists: number >= 3017,
    runLists: number >= 2009,
    versionNumbers: number >= 2009,
  }
}
