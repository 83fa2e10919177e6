import * as z from 'zod'
import { type AliasRecord, RegistryError } from '../../../contract/index.ts'
import { isPossibleModel } from '../wire/place.ts'

/** A model whose versions are still to be listed. */
export interface PendingModel {
  readonly name: string
  /** `null`: not known. */
  readonly aliases: readonly AliasRecord[] | null
}

const schema = z.union([
  z.literal('all'),
  z
    .array(
      z.strictObject({
        name: z.string().refine(isPossibleModel),
        aliases: z.array(z.strictObject({ name: z.string(), version: z.string() })).nullable(),
      }),
    )
    .min(1),
])

export function writeContinuation(left: readonly PendingModel[] | 'all'): string {
  return JSON.stringify(left)
}

export function readContinuation(text: string): readonly PendingModel[] | 'all' {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.', { cause })
  }
}
