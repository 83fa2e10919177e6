import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { InputError } from '../errors/input-error.ts'
import { exactJson } from '../exact-json.ts'

/** A place in a federated list: after this row. */
export interface CursorPosition {
  readonly values: readonly (string | number | null)[]
  readonly registry: string
  readonly name: string
  readonly version: string | null
  /** What each registry's adapter said of the last row that was taken from it. */
  readonly hints: Readonly<Record<string, string>>
  /** A registry failed on this page or on one before, so nothing from here on is complete. */
  readonly incomplete: boolean
}

const signatureBytes = 12

/**
 * Self-contained cursors: the place, a digest of what was asked, a signature. Made with a key that all replicas
 * share, they hold after a restart and on every replica.
 */
export class CursorCodec {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  encode(digest: string, position: CursorPosition): string {
    const { values, registry, name, version, hints, incomplete } = position
    const numbers = values.map(packValue)
    const payload = Buffer.from(
      JSON.stringify([digest, numbers, registry, name, version, hints, incomplete ? 1 : 0]),
    )
    return Buffer.concat([this.#sign(payload), payload]).toString('base64url')
  }

  /** @throws InputError when it is not ours, was altered, or belongs to another list. */
  decode(digest: string, cursor: string, field = 'after'): CursorPosition {
    const bytes = Buffer.from(cursor, 'base64url')
    const payload = bytes.subarray(signatureBytes)
    const signature = bytes.subarray(0, signatureBytes)
    const genuine =
      signature.length === signatureBytes &&
      timingSafeEqual(signature, this.#sign(payload)) &&
      bytes.toString('base64url') === cursor
    if (!genuine) {
      throw new InputError(
        field,
        'This cursor is not one of this gateway. Give an `endCursor` or `cursor` unaltered.',
      )
    }
    const [boundTo, values, registry, name, version, hints, incomplete] = JSON.parse(payload.toString())
    if (boundTo !== digest) {
      throw new InputError(
        field,
        'This cursor belongs to another list: every argument but `first` must be as it was.',
      )
    }
    return { values: values.map(unpackValue), registry, name, version, hints, incomplete: incomplete === 1 }
  }

  #sign(payload: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(payload).digest().subarray(0, signatureBytes)
  }
}

/** What a cursor is bound to, as a short text. */
export function digestOf(binding: unknown): string {
  return createHash('sha256').update(exactJson(binding)).digest('base64url').slice(0, 12)
}

/** JSON has no infinities, and they are values of metrics. */
function packValue(value: string | number | null): string | number | null | [string] {
  return typeof value === 'number' && !Number.isFinite(value) ? [String(value)] : value
}

function unpackValue(value: string | number | null | [string]): string | number | null {
  return Array.isArray(value) ? Number(value[0]) : value
}
