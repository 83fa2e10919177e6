import type { AzureWriter } from './azure-writer.ts'
import { storage } from './open-registry.ts'

/** With everything that a careless write would lose. */
export const rich = {
  description: 'Rich.',
  tags: { team: 'fraud', empty: '', nothing: null, stage: 'Staging' },
  properties: { trained: 'yes', nothing: null },
  isAnonymous: false,
  flavors: { python_function: { data: { loader_module: 'mlflow.sklearn' } } },
  modelType: 'mlflow_model',
  modelUri: `${storage}/rich`,
  jobName: 'job-1',
  stage: 'Production',
}

/** Version 1 of the model `m`, as it stands there then. */
export async function seedRich(writer: AzureWriter) {
  await writer.put('models/m/versions/1', rich)
  return (await writer.get('models/m/versions/1')).properties
}
