import { declineSampleFleet, seedSampleFleet } from '../adapters/local/sample-fleet/seed-sample-fleet.ts'
import type { RunningGateway } from '../cli/index.ts'
import type { GatewayConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import { CatalogSchedule } from '../federation/catalog/catalog-schedule.ts'
import { Sweeper } from '../federation/clean-up/sweeper.ts'
import type { Access } from '../federation/session/access.ts'
import { connectRegistries } from '../federation/session/connect-registries.ts'
import { Session } from '../federation/session/session.ts'
import { graphqlDoors } from '../graphql/graphql-doors.ts'
import { lastingFields } from '../graphql/lasting-fields.ts'
import { listSizes } from '../graphql/list-sizes.ts'
import { resolvers } from '../graphql/resolvers/index.ts'
import { createSchema } from '../graphql/schema.ts'
import { signedIn } from '../server/caller.ts'
import { createHttpServer } from '../server/http-server.ts'
import { EventLog } from '../state/catalog/event-log.ts'
import { DatabaseHealth } from '../state/settings/database-health.ts'
import { accessOf } from './access-of.ts'
import { BacklogSchedule } from './backlog-schedule.ts'
import { openGatewayDatabase } from './open-database.ts'
import { openFederation, openPermissions } from './open-federation.ts'
import { openIdentity, siteOf } from './open-identity.ts'
import { registryStates } from './registry-states.ts'
import { warnOfIdleGrants } from './warn-of-idle-grants.ts'

export interface GatewayOptions {
  /** Leaves the embedded registries of a first start without the sample fleet. */
  readonly empty: boolean
  readonly log: Logger
  /** Whether each request has its line in the log at `info`. */
  readonly logRequests?: boolean
}

/** Puts the house together: state, registries, federation, schema, server. */
export async function startGateway(
  config: GatewayConfig,
  { empty, log, logRequests = false }: GatewayOptions,
): Promise<RunningGateway> {
  const database = await openGatewayDatabase(config.database.url, { log, startsInPlace: true })
  // Only the fleet of a start without a configuration is ours to fill.
  if (config.file === null) await (empty ? declineSampleFleet(database) : seedSampleFleet(database))
  const permissions = openPermissions(config, database, log)
  const opened = await openFederation(config, database, log, permissions)
  const { federation, catalog, backlog, upkeep } = opened
  const health = new DatabaseHealth(database)
  const site = siteOf(config)
  const identity = await openIdentity(config, database, site, log)
  const graceMs = Math.max(...config.registries.map((registry) => registry.timeoutMs), 10_000) + 1000
  const sweeper = new Sweeper(federation)
  let connected = false
  const graphql = graphqlDoors({
    schema: createSchema(resolvers),
    limits: {
      depth: config.limits.maxDepth,
      tokens: config.limits.maxTokens,
      aliases: config.limits.maxAliases,
    },
    mostConnections: config.limits.maxConnections,
    mostSubscriptions: config.limits.maxSubscriptions,
    lastingFields,
    listSizes: listSizes(config.registries.length, config.environments.length),
    answersKeptMs: config.server.answersKeptMs,
    log,
    logRequests,
    wayToSignIn: config.auth === null ? 'none' : config.auth.login ? 'login' : 'token',
  })
  const server = await createHttpServer({
    doors: [...graphql, ...identity.doors],
    ...(identity.identify && { identify: identity.identify }),
    site,
    tls: config.server.tls,
    trustProxy: config.server.trustProxy,
    openSession: ({ requestId, deadlineMs, signal, caller }) => {
      const open = (access: Access) =>
        new Session(federation, { deadlineMs, signal, caller: signedIn(caller), access, requestId })
      const access = accessOf(caller, permissions)
      return access instanceof Promise ? access.then(open) : open(access)
    },
    log,
    graceMs,
    readiness: async () => {
      const refusal = await health.writeRefusal()
      return {
        isReady: connected && (await health.answers()),
        trouble: refusal && `The gateway's own database cannot write at present: ${refusal}.`,
      }
    },
  })
  const schedule = new CatalogSchedule(
    { federation, catalog },
    () => new EventLog(database).cutBefore(Date.now() - config.keepEventsMs),
    () => server.requestsInFlight(),
    warnOfIdleGrants(config, catalog, log),
  )
  const toIndex = new BacklogSchedule(backlog, () => server.requestsInFlight(), log)
  const close = async () => {
    await server.close()
    await Promise.all([sweeper.close(), schedule.close(), toIndex.close(), upkeep.close()])
    await permissions.close()
    await federation.close()
    await database.close()
  }
  try {
    // Without `auth` nobody's permissions are asked for, and no database need be looked at for them all the time.
    if (config.auth !== null) await permissions.start()
    const url = await server.listen(config.server)
    sweeper.start()
    identity.warmUp()
    // Its first look is the last of the start.
    setImmediate(() => void database.serve())
    schedule.start()
    toIndex.start()
    upkeep.start()
    connectRegistries(federation)
      .catch((error: unknown) => log.error({ err: error }, 'connecting to the registries failed'))
      .finally(() => {
        connected = true
      })
    return { url, graceMs, registryStates: (withinMs) => registryStates(federation, withinMs), close }
  } catch (error) {
    await close()
    throw error
  }
}
