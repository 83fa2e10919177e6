import { type Call, type NewTransfer, RegistryError } from '../../contract/index.ts'
import type { MlflowClient } from './client.ts'
import { quote } from './grammar.ts'
import { orNull } from './or-null.ts'
import { readList, readObject, readText, type Wire } from './wire.ts'

/** The run that a transfer puts its files below. */
export interface TransferRun {
  readonly runId: string
  readonly artifactUri: string
}

const experimentName = 'modelgate'
const transferTag = 'modelgate.transfer'
const originTag = 'modelgate.origin'
/** MLflow's columns for them. */
const longestRunName = 250
const longestTagValue = 5000

/** The one that an earlier try of the same transfer has made, or a new one. */
export async function takeTransferRun(
  client: MlflowClient,
  transfer: NewTransfer,
  call: Call,
): Promise<TransferRun> {
  const experimentId = await takeExperiment(client, call)
  return (
    (await findRun(client, experimentId, transfer, call)) ??
    (await createRun(client, experimentId, transfer, call))
  )
}

async function takeExperiment(client: MlflowClient, call: Call): Promise<string> {
  const found = await getExperiment(client, call)
  if (found === null) return createExperiment(client, call)
  const id = readText(found, 'experiment_id')
  if (found.lifecycle_stage === 'deleted') {
    await client.write('POST', 'experiments/restore', { experiment_id: id }, call)
  }
  return id
}

async function getExperiment(client: MlflowClient, call: Call): Promise<Wire | null> {
  const query = { experiment_name: experimentName }
  const wire = await orNull(client.get('experiments/get-by-name', query, call))
  return wire === null ? null : readObject(wire, 'experiment')
}

async function createExperiment(client: MlflowClient, call: Call): Promise<string> {
  try {
    const wire = await client.write('POST', 'experiments/create', { name: experimentName }, call)
    return readText(wire, 'experiment_id')
  } catch (error) {
    if (!RegistryError.is(error) || error.code !== 'ALREADY_EXISTS') throw error
  }
  const made = await getExperiment(client, call)
  if (made !== null) return readText(made, 'experiment_id')
  throw new RegistryError(
    'REGISTRY_ERROR',
    `MLflow says both that there is an experiment ${experimentName} and that there is none.`,
  )
}

async function findRun(
  client: MlflowClient,
  experimentId: string,
  { id }: NewTransfer,
  call: Call,
): Promise<TransferRun | null> {
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
  return run === undefined ? null : toTransferRun(run)
}

async function createRun(
  client: MlflowClient,
  experimentId: string,
  { id, origin }: NewTransfer,
  call: Call,
): Promise<TransferRun> {
  const run = {
    experiment_id: experimentId,
    run_name: `copy of ${origin}`.slice(0, longestRunName),
    start_time: Date.now(),
    tags: [
      { key: transferTag, value: id },
      { key: originTag, value: origin.slice(0, longestTagValue) },
    ],
  }
  return toTransferRun(readObject(await client.write('POST', 'runs/create', run, call), 'run'))
}

function toTransferRun(wire: Wire): TransferRun {
  const info = readObject(wire, 'info')
  return { runId: readText(info, 'run_id'), artifactUri: readText(info, 'artifact_uri') }
}
