import * as z from 'zod'
import { RegistryError } from '../../contract/index.ts'
import type { OrderValue } from './order-term.ts'

/** A page goes on after the values of its last row, so that rows written or deleted in between move nothing. */
export function encodeContinuation(values: readonly OrderValue[]): string {
  return JSON.stringify(values.map(encodeValue))
}

export function decodeContinuation(continuation: string, length: number): OrderValue[] {
  const parsed = form.safeParse(continuation)
  if (!parsed.success || parsed.data.length !== length) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.')
  }
  return parsed.data.map(decodeValue)
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
  .pipe(z.array(value))

/** As text, since JSON knows no infinities. */
function encodeValue(value: OrderValue): string | null {
  return value === null ? null : `${typeof value === 'number' ? 'n' : 't'}${value}`
}

function decodeValue(value: string | null): OrderValue {
  if (value === null) return null
  return value.startsWith('n') ? Number(value.slice(1)) : value.slice(1)
}
