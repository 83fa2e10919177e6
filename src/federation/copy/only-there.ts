/** Of each kind of place that only its own registry can find, how to know it, and why. */
const onlyThere: readonly (readonly [RegExp, string])[] = [
  [/^(?:runs|models):/i, 'names a run or a model of its own registry'],
  [/^dbfs:/i, 'is in the file system of one Databricks workspace'],
  [/^azureml:(?!\/\/(?:subscriptions|locations|registries|[^/]*\.[^/]*)\/)/i, 'names no Azure ML workspace'],
  [/^(?:abfss?|wasbs?):\/\/[^/@]*(?:\/|$)/i, 'names no storage account'],
  [/^pvc:/i, 'is on a volume of one cluster'],
  [/^file:\/\/(?!localhost\/)[^/]/i, 'is on another machine'],
  [/^(?!file:|mlflow-artifacts:)[a-z][a-z0-9+.-]+:\/(?!\/[^/])/i, 'names no server'],
  [/^(?:file:)?(?![a-z][a-z0-9+.-]*:|[/\\])/i, 'is a path that begins in a folder of its own registry’s'],
]

/**
 * Why a place of files means something in its own registry only; `null` where it may mean the same elsewhere. Of a
 * whole path, and of `mlflow-artifacts:`, the destination knows: it may be the same disk, or the same server.
 */
export function whyOnlyThere(place: string): string | null {
  return onlyThere.find(([pattern]) => pattern.test(place))?.[1] ?? null
}
