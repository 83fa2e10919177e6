/**
 * Fields whose resolver answers the same of the same object for as long as the gateway runs, whoever asks, or else gives
 * a promise. What has no resolver is what its object holds, and needs no mention.
 */
export const lastingFields: ReadonlySet<string> = new Set([
  'Model.id',
  'Model.registry',
  'Model.environment',
  'Model.tags',
  'Model.tag',
  'Model.aliases',
  'Model.alias',
  'Model.latestVersion',
  'ModelVersion.id',
  'ModelVersion.registry',
  'ModelVersion.tags',
  'ModelVersion.tag',
  'Alias.versionNumber',
  'Registry.id',
  'Registry.environment',
])
