import { type Call, RegistryError, type RegistryErrorCode } from '../../../contract/index.ts'
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
  /** A copy gets the run of its original by itself. */
  readonly copiesTakeRun: boolean
  /** The aliases of a version go when it is deleted. */
  readonly deletesAliases: boolean
  /** Models are logged beside their runs, and versions made of them. */
  readonly loggedModels: boolean
  /** Files whose names are not ASCII can be had of the artifact proxy: older ones break off, with gunicorn. */
  readonly proxiesAnyName: boolean
}

/** `configured`: what to take for the server's version, without asking it. */
export async function loadServerProfile(
  client: MlflowClient,
  configured: string | undefined,
  call: Call,
): Promise<ServerProfile> {
  if (configured !== undefined) return profileOf(configured, configured)
  let version: string | null
  try {
    version = await client.getVersion(call)
  } catch (error) {
    // A user may lack the right to see it. What every version has does for all others.
    if (RegistryError.is(error) && hidden.includes(error.code)) return unknownServer
    throw error
  }
  return readRelease(version) === null ? profileByBehaviour(client, call) : profileOf(version ?? '', version)
}

const hidden: readonly RegistryErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'UNSUPPORTED']

/**
 * Of a server without `/version`: 1.x, or a newer one behind a proxy that passes the API only. Which of them shows in
 * whether it knows aliases; and one that does refuses the lists it cannot read, which 1.x would take for true.
 */
async function profileByBehaviour(client: MlflowClient, call: Call): Promise<ServerProfile> {
  if (!(await knowsAliases(client, call))) {
    if (await listsModels(client, call)) return profileOf('1.0', null)
    throw notThere()
  }
  const filter = `name IN ('${probe}')`
  const nameLists = await understands(
    client.get('registered-models/search', { filter, max_results: 1 }, call),
    ['BAD_USER_INPUT'],
  )
  return { ...unknownServer, nameLists }
}

const probe = 'modelgate-probe'

function knowsAliases(client: MlflowClient, call: Call): Promise<boolean> {
  return understands(client.get('registered-models/alias', { name: probe, alias: probe }, call), [
    'UNSUPPORTED',
  ])
}

/** All models at once, which 2.0 took away: nobody but 1.x answers that. */
function listsModels(client: MlflowClient, call: Call): Promise<boolean> {
  return understands(client.get('registered-models/list', { max_results: 1 }, call), ['UNSUPPORTED'])
}

/** Whoever stands in front of a server that is not up yet says of any path that it is not there. */
function notThere(): RegistryError {
  return new RegistryError(
    'REGISTRY_UNAVAILABLE',
    "What answers at the registry's url knows neither /version nor what any MLflow has: the server is not up yet, or the url has a wrong path. Where a proxy hides /version of MLflow 2.0 to 2.2, set serverVersion.",
  )
}

async function understands(
  request: Promise<unknown>,
  refusals: readonly RegistryErrorCode[],
): Promise<boolean> {
  try {
    await request
    return true
  } catch (error) {
    if (!RegistryError.is(error)) throw error
    if (refusals.includes(error.code)) return false
    if (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN') return true
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
  copiesTakeRun: false,
  deletesAliases: false,
  loggedModels: false,
  proxiesAnyName: false,
}

function profileOf(text: string, version: string | null): ServerProfile {
  const release = readRelease(text) ?? 0
  return {
    version,
    release,
    aliases: release >= 2003,
    nameLists: release >= 3017,
    runLists: release >= 2009,
    versionNumbers: release >= 2009,
    copiesTakeRun: release >= 3017,
    deletesAliases: release >= 3017,
    loggedModels: release >= 3000,
    proxiesAnyName: release >= 3017,
  }
}

/** `null`: the text is no version, such as the page that a proxy gives for any path. */
function readRelease(text: string | null): number | null {
  const match = /^(\d+)\.(\d+)(?:\.\S*)?$/.exec(text ?? '')
  return match === null ? null : Number(match[1]) * 1000 + Number(match[2])
}
