import type { Principal } from './principal.ts'

export type TextMap = Record<string, string | null>

export interface SystemDataRecord {
  createdAt: bigint
  createdBy: Principal
  lastModifiedAt: bigint
  lastModifiedBy: Principal
}

interface AssetRecord {
  description: string | null
  tags: TextMap
  properties: TextMap
  isArchived: boolean
  provisioningState: string
  systemData: SystemDataRecord
}

export interface ContainerRecord extends AssetRecord {
  name: string
}

export interface VersionRecord extends AssetRecord {
  model: string
  version: string
  isAnonymous: boolean
  flavors: Record<string, { data: TextMap } | null>
  modelType: string | null
  modelUri: string | null
  jobName: string | null
  stage: string | null
  /** Where a shared version came from. */
  originAssetId: string | null
}

/** What a client may send: everything else in a body is read-only and without effect. */
export interface AssetBody {
  description?: string | null
  tags?: TextMap | null
  properties?: TextMap | null
  isArchived?: boolean | null
}

export interface VersionBody extends AssetBody {
  isAnonymous?: boolean | null
  flavors?: VersionRecord['flavors'] | null
  modelType?: string | null
  modelUri?: string | null
  jobName?: string | null
  stage?: string | null
}
