import { type Call, RegistryError } from '../../contract/index.ts'

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

export async function loadServerProfile(
  getVersion: (call: Call) => Promise<string | null>,
  call: Call,
): Promise<ServerProfile> {
  try {
    const version = await getVersion(call)
    return version === null ? profileOf('1.0', null) : profileOf(version, version)
  } catch (error) {
    // Proxies hide /version, and a user may lack the right to see it. What every version has does for all others.
    if (RegistryError.is(error) && !error.retryable) return unknownServer
    throw error
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
