import { type AdapterDefinition, defineAdapter } from '../../contract/index.ts'
import { type AzureConfig, azureConfigSchema } from './config.ts'

/** Models of Azure Machine Learning, in a workspace or a registry of the organisation, through Resource Manager. */
export const azureAdapter: AdapterDefinition<AzureConfig> = defineAdapter({
  contractVersion: 1,
  name: 'azureml',
  configSchema: azureConfigSchema,
  // Microsoft's libraries are loaded by whoever has such a registry.
  connect: async (config) => (await import('./connect.ts')).connectAzure(config),
})
