import { beforeFirstWrite, type Call, type NewTransfer, RegistryError } from '../../../contract/index.ts'
import { type ProxiedPlace, toProxiedPlace } from '../reads/artifact-place.ts'
import { joinPath } from '../reads/location.ts'
import type { MlflowRegistry } from '../registry.ts'
import { originalRunTag, originTag, transferTag } from '../transfer-tags.ts'
import type { MlflowClient } from '../wire/client.ts'
import { quote } from '../wire/grammar.ts'
import { orNull } from '../wire/or-null.ts'
import { readList, readObject, readText, type Wire } from '../wire/wire.ts'
import { takeTransferModel } from './transfer-model.ts'

/** The run of a transfer, and where its files go. */
export interface TransferRun {
  readonly runId: string
  /** The logged model that they go into; `null`: the server has none, and they go below the run. */
  readonly modelId: string | null
  /** The folder for the files, as a source and as what it is in the store. */
  readonly source: string
  readonly place: ProxiedPlace
}

const experimentName = 'modelgate'
/** MLflow's columns for them. */
const longestRunName = 250
const longestTagValue = 5000

/** The one that an earlier try of the same transfer has made, or a new one. */
export async function takeTransferRun(
  server: MlflowRegistry,
  transfer: NewTransfer,
  call: Call,
): Promise<TransferRun> {
  const { client } = server
  const { loggedModels } = await beforeFirstWrite(Promise.resolve(server.profile(call)))
  const experimentId = await takeExperiment(client, call)
  const run =
    (await beforeFirstWrite(findRun(client, experimentId, transfer, call))) ??
    (await createRun(client, experimentId, transfer, call))
  return loggedModels ? intoModel(client, run, call) : belowRun(client, run)
}

async function takeExperiment(client: MlflowClient, call: Call): Promise<string> {
  const experiment =
    (await beforeFirstWrite(getExperiment(client, call))) ?? (await createExperiment(client, call))
  const id = readText(experiment, 'experiment_id')
  requireProxied(client, readText(experiment, 'artifact_location'))
  if (experiment.lifecycle_stage === 'deleted') {
    await client.write('POST', 'experiments/restore', { experiment_id: id }, call)
  }
  return id
}

async function getExperiment(client: MlflowClient, call: Call): Promise<Wire | null> {
  const query = { experiment_name: experimentName }
  const wire = await orNull(client.get('experiments/get-by-name', query, call))
  return wire === null ? null : readObject(wire, 'experiment')
}

/** Another transfer may have made it meanwhile. */
async function createExperiment(client: MlflowClient, call: Call): Promise<Wire> {
  try {
    await client.write('POST', 'experiments/create', { name: experimentName }, call)
  } catch (error) {
    if (!RegistryError.is(error) || error.code !== 'ALREADY_EXISTS') throw error
  }
  const made = await getExperiment(client, call)
  if (made !== null) return made
  throw new RegistryError('REGISTRY_ERROR', `MLflow did not keep the experiment "${experimentName}".`)
}

async function findRun(
  client: MlflowClient,
  experimentId: string,
  { id }: NewTransfer,
  call: Call,
): Promise<Wire | null> {
  const quoted = quote(id)
  if (quoted === null)
    throw new RegistryError('BAD_USER_INPUT', 'MLflow cannot look for a transfer of this id.')
  const search = {
    experiment_ids: [experimentId],
    filter: `tags.\`${transferTag}\` = ${quoted}`,
    order_by: ['attributes.start_time ASC'],
    max_results: 1,
  }
  const [run] = readList(await client.search('runs/search', search, call), 'runs')
  if (run === undefined) return null
  await requireUnused(client, runIdOf(run), call)
  return run
}

async function createRun(
  client: MlflowClient,
  experimentId: string,
  { id, origin, run: original = null }: NewTransfer,
  call: Call,
): Promise<Wire> {
  const run = {
    experiment_id: experimentId,
    run_name: (original?.name ?? `copy of ${origin}`).slice(0, longestRunName),
    start_time: (original?.startedAt ?? new Date()).getTime(),
    tags: [
      { key: transferTag, value: id },
      { key: originTag, value: origin.slice(0, longestTagValue) },
      ...(original === null
        ? []
        : [{ key: originalRunTag, value: original.runId.slice(0, longestTagValue) }]),
    ],
  }
  return readObject(await client.write('POST', 'runs/create', run, call), 'run')
}

async function intoModel(client: MlflowClient, run: Wire, call: Call): Promise<TransferRun> {
  const { modelId, location } = await takeTransferModel(client, run, call)
  const place = requireProxied(client, location)
  return { runId: runIdOf(run), modelId, source: `models:/${modelId}`, place }
}

function belowRun(client: MlflowClient, run: Wire): TransferRun {
  const source = joinPath(readText(readObject(run, 'info'), 'artifact_uri'), 'model')
  return { runId: runIdOf(run), modelId: null, source, place: requireProxied(client, source) }
}

function runIdOf(run: Wire): string {
  return readText(readObject(run, 'info'), 'run_id')
}

/** A version may have been made of the files since, by another try that nobody has seen the end of. */
export async function requireUnused(client: MlflowClient, runId: string, call: Call): Promise<void> {
  const search = { filter: `run_id = '${runId}'`, max_results: 1 }
  const [user] = readList(await client.get('model-versions/search', search, call), 'model_versions')
  if (user === undefined) return
  const [version, model] = [readText(user, 'version'), JSON.stringify(readText(user, 'name'))]
  const message = `Version ${version} of the model ${model} has these files already; they stay as they are.`
  throw new RegistryError('ALREADY_EXISTS', message)
}

function requireProxied(client: MlflowClient, uri: string): ProxiedPlace {
  const place = toProxiedPlace(client, uri)
  if (place !== null) return place
  throw new RegistryError(
    'UNSUPPORTED',
    'This MLflow keeps the files of runs where only its clients write; start it with --serve-artifacts, and without a --default-artifact-root of another store.',
  )
}
