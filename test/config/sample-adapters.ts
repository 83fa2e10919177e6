import { z } from 'zod'
import { type AdapterDefinition, defineAdapter } from '../../src/contract/index.ts'

const mlflowSchema = z.strictObject({
  url: z.url().meta({ examples: ['http://mlflow:5000'] }),
  verify: z.boolean().default(true),
  auth: z
    .union([
      z.strictObject({ bearer: z.string().min(1) }),
      z.strictObject({ basic: z.strictObject({ username: z.string(), password: z.string() }) }),
    ])
    .optional(),
})

function refuse(): never {
  throw new Error('sample adapters do not connect')
}

/** Stand-ins with the configuration of the real ones and no backend. */
export const sampleAdapters: Record<string, AdapterDefinition> = {
  mlflow: defineAdapter({ contractVersion: 1, name: 'mlflow', configSchema: mlflowSchema, connect: refuse }),
  local: defineAdapter({
    contractVersion: 1,
    name: 'local',
    configSchema: z.strictObject({}),
    connect: refuse,
  }),
}
