import { defineAdapter } from 'modelgate/adapter'
import { sagemakerConfigSchema } from './config.ts'
import { connectSagemaker } from './registry.ts'

/** Amazon SageMaker Model Registry: a model is a model package group, a version a package of it. */
export default defineAdapter({
  contractVersion: 1,
  name: 'sagemaker',
  configSchema: sagemakerConfigSchema,
  connect: connectSagemaker,
})
