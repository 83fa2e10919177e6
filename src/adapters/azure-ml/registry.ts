import type { TokenCredential } from '@azure/core-auth'
import { Assets } from './assets.ts'
import { AzureClient } from './client.ts'
import type { AzureConfig } from './config.ts'
import { OneWriter } from './one-writer.ts'
import { type Place, toPlace } from './place.ts'
import { RecentWrites } from './recent-writes.ts'
import { createStageTags, type StageTags } from './stage-tags.ts'

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
