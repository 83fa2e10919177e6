import * as z from 'zod'
import { RegistryError } from '../../../contract/index.ts'

/** What the gateway carries from page to page of one read. */
const continuationSchema = z.strictObject({
  place: z.strictObject({
    values: z.array(z.union([z.string(), z.number(), z.null()])).readonly(),
    name: z.string().nullable(),
    version: z.string().nullable(),
  }),
  offset: z.int().min(0),
  /** Whether names were taken to be sorted by code point when the read began: it ends in the order it began in. */
  nameSafe: z.boolean(),
})

export type Continuation = z.output<typeof continuationSchema>

export function writeContinuation({ place, offset, nameSafe }: Continuation): string {
  return JSON.stringify({ place, offset, nameSafe })
}

export function readContinuation(text: string): Continuation {
  try {
    return continuationSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.', { cause })
  }
}
