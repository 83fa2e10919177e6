import type { TokenCredential } from '@azure/core-auth'
import type { AzureConfig } from './config.ts'
import { Assets } from './reads/assets.ts'
import { RecentWrites } from './reads/recent-writes.ts'
import { createStageTags, type StageTags } from './reads/stage-tags.ts'
import { AzureClient } from './wire/client.ts'
import { type Place, toPlace } from './wire/place.ts'
import { OneWriter } from './writes/one-writer.ts'

/** A connected workspace or registry, and what its facets share. */
export interface AzureRegistry {
  readonly place: Place
  readonly client: AzureClient
  readonly assets: Assets
  readonly recent: RecentWrites
  readonly stages: StageTags
  /** By the name of the model: whatever changes it or one of its versions. */
  readonly writers: OneWriter
  /** How many requests of one call go out at once. */
  readonly connections: number
}

export function openRegistry(config: AzureConfig, credential: TokenCredential | null): AzureRegistry {
  const client = new AzureClient(config, credential)
  const recent = new RecentWrites()
  return {
    place: toPlace(config),
    client,
    assets: new Assets(client, recent),
    recent,
    stages: createStageTags(config.stages),
    writers: new OneWriter(),
    connections: config.connections,
  }
}
