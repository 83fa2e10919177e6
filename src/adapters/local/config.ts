import { z } from 'zod'

const noStage = 'None'

/** The registry's own keys of the configuration. */
export const localConfigSchema = z.strictObject({
  stages: z
    .array(
      z
        .string()
        .regex(/^[^\s/@:](?:[^/@:]*[^\s/@:])?$/, 'write a name without "/", "@", ":" and outer spaces'),
    )
    .default(['None', 'Staging', 'Production', 'Archived'])
    .transform((stages) => (stages.includes(noStage) ? stages : [noStage, ...stages]))
    .refine(
      (stages) => new Set(stages.map((stage) => stage.toLowerCase())).size === stages.length,
      'stages are found without regard to case, so each can stand here once',
    )
    .describe('Every stage there is, in this spelling; "None" is always one.'),
  artifactFolder: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('The folder below which the files of models lie. Without it, files are not listed.'),
})

export type LocalConfig = z.infer<typeof localConfigSchema>

export const defaultLocalConfig: LocalConfig = localConfigSchema.parse({})
