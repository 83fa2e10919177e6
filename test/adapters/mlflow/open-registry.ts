import { mlflowAdapter } from '../../../src/adapters/mlflow/adapter.ts'
import { type MlflowConfig, mlflowConfigSchema } from '../../../src/adapters/mlflow/config.ts'
import type { Adapter } from '../../../src/contract/index.ts'
import { silent } from '../counted-call.ts'

export async function openRegistry(
  url: string,
  options: Partial<Omit<MlflowConfig, 'url'>> = {},
): Promise<Adapter> {
  const config = mlflowConfigSchema.parse({ url, ...options })
  return mlflowAdapter.connect(config, { registry: 'tested', log: silent })
}
