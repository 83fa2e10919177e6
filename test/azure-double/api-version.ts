import { gatewayError } from './azure-error.ts'

const stable = [
  '2022-05-01',
  '2022-10-01',
  '2023-04-01',
  '2023-10-01',
  '2024-04-01',
  '2024-10-01',
  '2025-06-01',
  '2025-12-01',
]
const previews = [
  '2022-01-01-preview',
  '2022-02-01-preview',
  '2022-06-01-preview',
  '2022-10-01-preview',
  '2022-12-01-preview',
  '2023-02-01-preview',
  '2023-04-01-preview',
  '2023-06-01-preview',
  '2023-08-01-preview',
  '2024-01-01-preview',
  '2024-04-01-preview',
  '2024-07-01-preview',
  '2024-10-01-preview',
  '2025-01-01-preview',
  '2026-01-15-preview',
]

/** The version of the path beside ARM that azure-ai-ml takes to registries. */
export const dataPlaneVersion = '2021-10-01-dataplanepreview'

/** From which versions on something exists; a preview that is not named has it from the day of the stable one. */
export interface Since {
  stable: string
  preview: string
}

export const checkApiVersion = (version: string | null, since: Since, type: string): string => {
  if (version === null)
    throw gatewayError(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    )
  const supported = [...stable, ...previews].filter((known) => isSince(known, since))
  if (supported.includes(version)) return version
  throw gatewayError(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for API version '${version}' for type '${type}'. ` +
      `The supported api-versions are '${supported.join(', ')}'.`,
  )
}

const isPreview = (version: string): boolean => version.endsWith('-preview')

const isSince = (version: string, since: Since): boolean =>
  version >= (isPreview(version) ? since.preview : since.stable)

/** What a version resource has beyond the fields of 2022. */
export interface WireFeatures {
  /** `stage` and `provisioningState`. */
  hasStage: boolean
  /** `autoDeleteSetting` and `intellectualProperty`. */
  hasPreviewFields: boolean
  /** The parameter `stage` of lists. */
  filtersByStage: boolean
}

export const featuresOf = (version: string): WireFeatures => {
  const isMiddlePreview = isPreview(version) && version >= '2023-04-01' && version <= '2024-04-01-preview'
  return {
    hasStage: version !== dataPlaneVersion && version >= '2023-04-01',
    hasPreviewFields: isMiddlePreview,
    filtersByStage: isMiddlePreview,
  }
}
