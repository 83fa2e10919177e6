import type { Call } from '../../../contract/index.ts'
import type { MlflowClient } from '../wire/client.ts'
import { orNull } from '../wire/or-null.ts'
import { readList, readObject, readOptionalText, readPairs, readText, type Wire } from '../wire/wire.ts'

/** What MLflow 3 keeps beside the runs that made it: a model with a place of its own, which versions are made of. */
export interface LoggedModel {
  readonly modelId: string
  readonly name: string | null
  readonly location: string
  /** The run that logged it. */
  readonly runId: string | null
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

/** The id in `models:/m-…`, which names no version. */
export function parseLoggedModelUri(uri: string): string | null {
  return /^models:\/(m-[0-9a-f]{32})$/.exec(uri)?.[1] ?? null
}

/** MLflow puts the files of each below a folder of its id. */
export function loggedModelIdIn(location: string): string | null {
  return /\/(m-[0-9a-f]{32})\/artifacts(?:\/|$)/.exec(location)?.[1] ?? null
}

export async function getLoggedModel(
  client: MlflowClient,
  modelId: string,
  call: Call,
): Promise<LoggedModel | null> {
  const wire = await orNull(client.get(`logged-models/${encodeURIComponent(modelId)}`, {}, call))
  return wire === null ? null : toLoggedModel(readObject(wire, 'model'))
}

/** As MLflow's own `register_model` chooses: the one of that name of the run's last step, else the newest. */
export async function findLoggedModel(
  client: MlflowClient,
  run: Wire,
  name: string,
  call: Call,
): Promise<LoggedModel | null> {
  // No logged model has such a name.
  if (name === '' || /[/:.%"']/.test(name)) return null
  const info = readObject(run, 'info')
  const runId = readText(info, 'run_id')
  const models = await searchLoggedModels(
    client,
    info,
    `name = '${name}' AND source_run_id = '${runId}'`,
    call,
  )
  const steps = stepsOf(run)
  const stepOf = ({ modelId }: LoggedModel) => steps.get(modelId) ?? -1
  return models.reduce<LoggedModel | null>(
    (last, model) => (last === null || stepOf(model) > stepOf(last) ? model : last),
    null,
  )
}

async function searchLoggedModels(
  client: MlflowClient,
  info: Wire,
  filter: string,
  call: Call,
): Promise<LoggedModel[]> {
  const search = { experiment_ids: [readText(info, 'experiment_id')], filter }
  return readList(await client.search('logged-models/search', search, call), 'models').map(toLoggedModel)
}

/** The step at which a run logged each of its models. */
function stepsOf(run: Wire): ReadonlyMap<string, number> {
  const outputs = run.outputs === undefined ? [] : readList(readObject(run, 'outputs'), 'model_outputs')
  return new Map(outputs.map((output) => [readText(output, 'model_id'), Number(output.step ?? 0)]))
}

/** Whether a run says that it logged models, as runs of MLflow 3 do. */
export function hasLoggedModels(run: Wire): boolean {
  return stepsOf(run).size > 0
}

export function toLoggedModel(wire: Wire): LoggedModel {
  const info = readObject(wire, 'info')
  return {
    modelId: readText(info, 'model_id'),
    name: readOptionalText(info, 'name'),
    location: readText(info, 'artifact_uri'),
    runId: readOptionalText(info, 'source_run_id'),
    tags: readPairs(info, 'tags'),
  }
}
