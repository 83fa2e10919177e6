import * as z from 'zod'
import { connectionKeys } from '../http/connection-config.ts'

/** The keys of a registry with `adapter: mlflow`. */
export const mlflowConfigSchema = z.strictObject({
  ...connectionKeys,
  workspace: z
    .string()
    .min(1)
    .regex(/^[\x21-\x7e]+$/, 'must be plain printable characters')
    .optional()
    .describe('The workspace to use (MLflow 3.10 or newer, started with --enable-workspaces).'),
  serverVersion: z
    .string()
    .regex(/^\d+\.\d+/, 'must be a version such as 3.17.2')
    .optional()
    .describe("The server's version, where a proxy hides its page `/version`. Left out, the gateway asks."),
  nameOrder: z
    .enum(['auto', 'codePoint', 'locale'])
    .default('auto')
    .describe(
      "How the server's database sorts names: by code point (SQLite; PostgreSQL with collation C) or by a locale, " +
        'in which case the gateway keeps all names for lists by name. `auto` finds out.',
    ),
  archiveExisting: z
    .boolean()
    .default(false)
    .describe(
      'Whether a version that moves to Staging or Production sends the others there to Archived, when the mutation ' +
        'does not say.',
    ),
})

export type MlflowConfig = z.output<typeof mlflowConfigSchema>
