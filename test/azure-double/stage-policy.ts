import type { PolicyAssignment } from './policy.ts'
import { provider } from './resource-scope.ts'

const versions = `${provider}/workspaces/models/versions`

/**
 * The rule for the order of stages in the sample of staging and approval: with stages as keys of tags, a version
 * must not hold `none` and both given stages at once.
 */
export const stageOrderPolicy = (first = 'staging', second = 'prod'): PolicyAssignment => ({
  name: 'model-stage-order',
  displayName: 'Stages of models in their order',
  definition: {
    name: '3d0f5b52-7c1e-4c7e-9f0e-2f6f1f3f9a10',
    displayName: 'Model stages transition',
    policyRule: {
      if: {
        allOf: [
          { field: 'type', equals: versions },
          { field: `${versions}/tags`, containsKey: 'none' },
          {
            allOf: [
              { field: `${versions}/tags`, containsKey: "[parameters('StageName1')]" },
              { field: `${versions}/tags`, containsKey: "[parameters('StageName4')]" },
            ],
          },
        ],
      },
      // biome-ignore lint/suspicious/noThenProperty: this is how Azure Policy spells it.
      then: { effect: 'deny' },
    },
  },
  parameters: { StageName1: first, StageName4: second },
})
