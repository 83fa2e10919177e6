import { expect, expectTypeOf, it } from 'vitest'
import {
  type Adapter,
  type AdapterTools,
  type ConfigSchema,
  defineAdapter,
} from '../../src/contract/index.ts'

const schema: ConfigSchema<{ url: string }> = {
  '~standard': { version: 1, vendor: 'test', validate: () => ({ value: { url: 'x' } }) },
}

it('gives the configuration its type and returns the definition as it is', () => {
  const definition = {
    contractVersion: 1,
    name: 'example',
    configSchema: schema,
    connect(config: { url: string }, _tools: AdapterTools): Adapter {
      throw new Error(config.url)
    },
  } as const
  const defined = defineAdapter(definition)
  expect(defined).toBe(definition)
  expectTypeOf<Parameters<typeof defined.connect>[0]>().toEqualTypeOf<{ url: string }>()
})
