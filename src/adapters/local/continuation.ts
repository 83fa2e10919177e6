import { type Position, RegistryError } from '../../contract/index.ts'

type OrderValue = Position['values'][number]

/** A page goes on after the place of its last row, so that rows written or deleted in between move nothing. */
export function encodeContinuation({ values, name, version }: Position): string {
  return JSON.stringify([values.map(encodeValue), name, version])
}

export function decodeContinuation(continuation: string): Position {
  const [values, name, version] = parse(continuation)
  return { values: values.map(decodeValue), name, version, hint: null }
}

function parse(continuation: string): [(string | null)[], string, string | null] {
  try {
    return JSON.parse(continuation)
  } catch (cause) {
    throw new RegistryError('BAD_USER_INPUT', 'The continuation is not one of this registry.', { cause })
  }
}

/** As text, since JSON knows no infinities. */
function encodeValue(value: OrderValue): string | null {
  return value === null ? null : `${typeof value === 'number' ? 'n' : 't'}${value}`
}

function decodeValue(value: string | null): OrderValue {
  if (value === null) return null
  return value.startsWith('n') ? Number(value.slice(1)) : value.slice(1)
}
