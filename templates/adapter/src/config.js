import { z } from 'zod'

/** What stands under `options` in modelgate.yaml. Any validator that speaks Standard Schema will do. */
export const configSchema = z.strictObject({
  url: z.url().meta({ examples: ['memory://demo'] }),
})
