import { z } from 'zod'
import { type Position, RegistryError } from '../../contract/index.ts'

type OrderValue = Position['values'][number]

/** A page goes on after the place of its last row, so that rows written or deleted in between move nothing. */
export function encodeContinuation({ values, name, version }: Position): string {
  return JSON.stringify([values.map(encodeValue), name, version])
}

export function decodeContinuation(continuation: string): Position {
  const parsed = form.safeParse(continuation)
  if (!parsed.success)
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.')
  const [values, name, version] = parsed.data
  return { values: values.map(decodeValue), name, version, hint: null }
}

const value = z.union([z.string().regex(/^t/), z.string().regex(/^n(-?Infinity|-?[0-9.e+-]+)$/)]).nullable()
const form = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue('no JSON')
      return z.NEVER
    }
  })
  .pipe(z.tuple([z.array(value), z.string(), z.string().nullable()]))

/** As text, since JSON knows no infinities. */
function encodeValue(value: OrderValue): string | null {
  return value === null ? null : `${typeof value === 'number' ? 'n' : 't'}${value}`
}

function decodeValue(value: string | null): OrderValue {
  if (value === null) return null
  return value.startsWith('n') ? Number(value.slice(1)) : value.slice(1)
}
