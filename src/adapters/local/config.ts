import * as z from 'zod'
import { foldCase } from '../../contract/index.ts'

export const noStage = 'None'

/** The stage whose versions lists leave out unless they are asked for. */
export const archivedStage = 'Archived'

const ownKeys = z.strictObject({
  stages: z
    .array(
      z
        .string()
        .regex(/^[^\s/@:](?:[^/@:]*[^\s/@:])?$/, 'write a name without "/", "@", ":" and outer spaces'),
    )
    .default(['None', 'Staging', 'Production', 'Archived'])
    .transform((stages) => (stages.includes(noStage) ? stages : [noStage, ...stages]))
    .refine(
      (stages) => new Set(stages.map(foldCase)).size === stages.length,
      'stages are found without regard to case, so each can stand here once',
    )
    .describe('Every stage there is, in this spelling; "None" is always one.'),
  artifactFolder: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'The folder below which the files of models lie. Without it, files are neither listed nor copied in or out.',
    ),
  minFreeBytes: z
    .int()
    .min(0)
    .default(512 * 1024 * 1024)
    .describe('How much of the disk of artifactFolder stays free: a copy that would take more is refused.'),
  archiveExisting: z
    .boolean()
    .default(false)
    .describe(
      'Whether a version that goes to a stage sends the others of that stage to "Archived", where the request leaves it open. Versions in "None" stay.',
    ),
})

/** The registry's own keys of the configuration. */
export const localConfigSchema = ownKeys.refine(
  ({ archiveExisting, stages }) => !archiveExisting || stages.includes(archivedStage),
  { path: ['archiveExisting'], error: `needs the stage "${archivedStage}" among the stages` },
)

export type LocalConfig = z.infer<typeof localConfigSchema>

export const defaultLocalConfig: LocalConfig = localConfigSchema.parse({})
