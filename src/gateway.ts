import { randomBytes } from 'node:crypto'
import { declineSampleFleet, seedSampleFleet } from './adapters/local/sample-fleet/seed-sample-fleet.ts'
import type { GatewayConfig } from './config/index.ts'
import { connectRegistry } from './connect-registry.ts'
import type { Logger } from './contract/index.ts'
import { connectRegistries } from './federation/connect-registries.ts'
import { Environments } from './federation/environments.ts'
import { Federation } from './federation/federation.ts'
import { CursorCodec } from './federation/list/cursor.ts'
import { unusableAdapter } from './federation/registry/unusable-adapter.ts'
import { Session } from './federation/session.ts'
import type { GatewayContext } from './graphql/context.ts'
import { resolvers } from './graphql/resolvers/index.ts'
import { createSchema } from './graphql/schema.ts'
import { createHttpServer } from './server/http-server.ts'
import { type GatewayDatabase, openDatabase } from './state/database.ts'
import { IdempotencyRecords } from './state/idempotency-records.ts'
import { Leases } from './state/leases.ts'
import { answers } from './state/ping.ts'
import { getOrCreateSetting } from './state/setting.ts'

export interface GatewayOptions {
  /** Leaves the embedded registries of a first start without the sample fleet. */
  readonly empty: boolean
  readonly log: Logger
}

export interface RunningGateway {
  /** The address, without a path. */
  readonly url: string
  /** Answers the requests in flight, then lets go of everything. */
  close(): Promise<void>
}

/** Puts the house together: state, registries, federation, schema, server. */
export async function startGateway(
  config: GatewayConfig,
  { empty, log }: GatewayOptions,
): Promise<RunningGateway> {
  const database = await openDatabase(config.database.url, { log })
  // Only the fleet of a start without a configuration is ours to fill.
  if (config.file === null) await (empty ? declineSampleFleet(database) : seedSampleFleet(database))
  const federation = await openFederation(config, database, log)
  let connected = false
  const server = await createHttpServer<GatewayContext>({
    schema: createSchema(resolvers),
    limits: {
      depth: config.limits.maxDepth,
      tokens: config.limits.maxTokens,
      aliases: config.limits.maxAliases,
    },
    log,
    graceMs: Math.max(...config.registries.map((registry) => registry.timeoutMs), 10_000) + 1000,
    isReady: async () => connected && (await answers(database)),
    createContext: ({ requestId, deadlineMs, signal }) => ({
      requestId,
      session: new Session(federation, { deadlineMs, signal, caller: null }),
    }),
  })
  const close = async () => {
    await server.close()
    await federation.close()
    await database.close()
  }
  try {
    const url = await server.listen(config.server)
    connectRegistries(federation)
      .catch((error: unknown) => log.error({ err: error }, 'connecting to the registries failed'))
      .finally(() => {
        connected = true
      })
    return { url, close }
  } catch (error) {
    await close()
    throw error
  }
}

export async function openFederation(
  config: GatewayConfig,
  database: GatewayDatabase,
  log: Logger,
): Promise<Federation> {
  const key = await getOrCreateSetting(database, 'cursor-key', () => randomBytes(32).toString('base64'))
  return new Federation({
    registries: await Promise.all(
      config.registries.map(async (settings) => ({
        settings,
        adapter:
          settings.broken === null
            ? await connectRegistry(settings, async () => database, log)
            : unusableAdapter(settings.broken),
      })),
    ),
    environments: new Environments(config.environments, config.logicalModels),
    cursors: new CursorCodec(Buffer.from(key, 'base64')),
    coordination: {
      leases: new Leases(database, { log }),
      records: new IdempotencyRecords(database),
    },
    readBound: config.federation.readBound,
    copyTimeoutMs: config.federation.copyTimeoutMs,
    log,
  })
}
