import { assertStage, type StageWrites } from 'modelgate/adapter'
import type { Client } from './client.ts'
import { requirePackage } from './packages.ts'
import { stages } from './rules.ts'

export function sagemakerStageWrites(client: Client): StageWrites {
  return {
    async transition(key, { stage, expected }, call) {
      const found = await requirePackage(client, key, call)
      assertStage(key, found.stage, expected)
      const decision = {
        ModelPackageArn: found.arn,
        ModelApprovalStatus: stages.find((each) => each === stage),
      }
      await client.ask(call, (api, options) => api.updateModelPackage(decision, options))
      return { archived: [] }
    },
  }
}
