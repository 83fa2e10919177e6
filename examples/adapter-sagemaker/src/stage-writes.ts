import { UpdateModelPackageCommand } from '@aws-sdk/client-sagemaker'
import { assertStage, RegistryError, type StageWrites } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { requirePackage } from './packages.ts'
import { stages, toStage } from './stages.ts'

export function sagemakerStageWrites(client: Client): StageWrites {
  return {
    async transition(key, { stage, archiveExisting, expected }, call) {
      const { ModelPackageArn, ModelApprovalStatus } = await requirePackage(client, key, call)
      assertStage(key, toStage(ModelApprovalStatus), expected)
      const status = stages.find((each) => each === stage)
      if (status === undefined)
        throw new RegistryError('BAD_USER_INPUT', `A stage must be one of ${stages.join(', ')}.`)
      if (archiveExisting === true)
        throw new RegistryError(
          'UNSUPPORTED',
          'SageMaker has no stage Archived; reject or delete the other versions.',
        )
      const command = new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: status })
      await client.ask(call, (sdk, options) => sdk.send(command, options))
      return { archived: [] }
    },
  }
}
