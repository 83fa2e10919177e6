import { afterFirstWrite, type Call } from '../../../contract/index.ts'
import { findLoggedModel, type LoggedModel, toLoggedModel } from '../reads/logged-models.ts'
import type { MlflowClient } from '../wire/client.ts'
import { readObject, readText, type Wire } from '../wire/wire.ts'

/** As the folder of a run is called that has the files of a model. */
const modelName = 'model'

/** The id that the files of a copy had where they are from. */
export const originalIdTag = 'modelgate.model_id'

/** The logged model that a transfer of this run puts its files into: one that is there, or a new one. */
export async function takeTransferModel(client: MlflowClient, run: Wire, call: Call): Promise<LoggedModel> {
  const found = await findLoggedModel(client, run, modelName, call)
  if (found !== null) return found
  const info = readObject(run, 'info')
  const runId = readText(info, 'run_id')
  const wish = { experiment_id: readText(info, 'experiment_id'), name: modelName, source_run_id: runId }
  const made = toLoggedModel(readObject(await client.write('POST', 'logged-models', wish, call), 'model'))
  const outputs = { run_id: runId, models: [{ model_id: made.modelId, step: 0 }] }
  await afterFirstWrite(client.write('POST', 'runs/outputs', outputs, call))
  return made
}

/** @param originalId what its file was changed from. */
export async function finishTransferModel(
  client: MlflowClient,
  modelId: string,
  originalId: string | null,
  call: Call,
): Promise<void> {
  if (originalId !== null) {
    const tags = [{ key: originalIdTag, value: originalId }]
    await client.write('PATCH', `logged-models/${modelId}/tags`, { model_id: modelId, tags }, call)
  }
  const ready = { model_id: modelId, status: 'LOGGED_MODEL_READY' }
  await client.write('PATCH', `logged-models/${modelId}`, ready, call)
}
