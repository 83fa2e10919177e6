import { z } from 'zod'

const credentials = z.strictObject({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1).exactOptional(),
})

/** The registry's own keys in modelgate.yaml. */
export const sagemakerConfigSchema = z.strictObject({
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'has to be a region of AWS, such as eu-west-1'),
  /** For a VPC endpoint, or a server that speaks like SageMaker. */
  endpoint: z.url({ protocol: /^https?$/ }).exactOptional(),
  /** Left out: found as every program of AWS finds them, in the environment, in profiles, or of the machine. */
  credentials: credentials.exactOptional(),
  /** The container image that versions made by the gateway are served with. */
  image: z
    .string()
    .regex(/^\S{1,255}$/, 'has to be the path of an image in Amazon ECR')
    .optional(),
  /** How many requests at once. SageMaker throttles an account, so this is shared with all its users. */
  concurrency: z.int().min(1).max(50).default(8),
})

export type SagemakerConfig = z.infer<typeof sagemakerConfigSchema>
