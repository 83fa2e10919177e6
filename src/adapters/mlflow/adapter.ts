import { type AdapterDefinition, defineAdapter } from '../../contract/index.ts'
import { type MlflowConfig, mlflowConfigSchema } from './config.ts'

/** MLflow's model registry over REST, versions 1.30 to 3.x. */
export const mlflowAdapter: AdapterDefinition<MlflowConfig> = defineAdapter({
  contractVersion: 1,
  name: 'mlflow',
  configSchema: mlflowConfigSchema,
  // With its client of HTTP, after the gateway listens.
  connect: async (config) => (await import('./connect.ts')).connectMlflow(config),
})
