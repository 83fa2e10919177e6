import type { HiddenModel } from '../../src/conformance/index.ts'
import type { MlflowWriter } from './mlflow-writer.ts'

const tags = [
  { key: 'mlflow.prompt.is_prompt', value: 'true' },
  { key: 'mlflow.prompt.text', value: 'Hello {{name}}' },
  { key: 'old', value: 'tag' },
]

/** MLflow keeps prompts among its models, and tells them apart by a tag. */
export async function hidePrompt(writer: MlflowWriter, name: string): Promise<HiddenModel> {
  await writer.post('registered-models/create', { name, tags })
  await writer.post('model-versions/create', { name, source: 'dummy-source', tags })
  await writer.post('registered-models/alias', { name, alias: 'held', version: '1' })
  return {
    name,
    versions: ['1'],
    look: () =>
      Promise.all([
        writer.get('registered-models/get', { name }),
        writer.get('model-versions/get', { name, version: '1' }),
      ]),
  }
}
