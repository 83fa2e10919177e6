import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto'
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
const sealing = 'aes-256-ctr'
const sealBytes = 16

/**
 * Self-contained cursors: the place, a digest of what was asked, a signature. Made with a key that all replicas
 * share, they hold after a restart and on every replica.
 */
export class CursorCodec {
  readonly #key: Buffer
  readonly #sealKey: Buffer

  constructor(key: Buffer) {
    this.#key = key
    this.#sealKey = createHmac('sha256', key).update('seal').digest()
  }

  /**
   * @param isSealed whether the place is for nobody to read: it may say how much stands before it, also of what is
   *   hidden from whom the cursor is given to.
   */
  encode(digest: string, position: CursorPosition, isSealed = false): string {
    const { values, registry, name, version, hints, incomplete } = position
    const place = [values.map(packValue), registry, name, version, hints, incomplete ? 1 : 0]
    const told = isSealed ? [this.seal(JSON.stringify(place))] : place
    const payload = Buffer.from(JSON.stringify([digest, ...told]))
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
    const [boundTo, ...told] = JSON.parse(payload.toString())
    if (boundTo !== digest) {
      throw new InputError(
        field,
        'This cursor belongs to another list: every argument but `first` must be as it was.',
      )
    }
    const place = told.length === 1 ? JSON.parse(this.unseal(told[0]) ?? '') : told
    const [values, registry, name, version, hints, incomplete] = place
    return { values: values.map(unpackValue), registry, name, version, hints, incomplete: incomplete === 1 }
  }

  /**
   * For nobody else to read or to make: under a start of its own for each text, and of a length that says nothing of it.
   * The same text is always sealed alike.
   */
  seal(text: string): string {
    const padded = text.padEnd(Math.ceil(text.length / 64) * 64)
    const start = this.#startOf(padded)
    const cipher = createCipheriv(sealing, this.#sealKey, start)
    return Buffer.concat([start, cipher.update(padded), cipher.final()]).toString('base64url')
  }

  /** Null for what was not sealed with this key. */
  unseal(sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url')
    const start = bytes.subarray(0, sealBytes)
    if (start.length < sealBytes) return null
    const decipher = createDecipheriv(sealing, this.#sealKey, start)
    const padded = Buffer.concat([decipher.update(bytes.subarray(sealBytes)), decipher.final()])
    return timingSafeEqual(start, this.#startOf(padded)) ? padded.toString().trimEnd() : null
  }

  #startOf(padded: string | Buffer): Buffer {
    return createHmac('sha256', this.#sealKey).update(padded).digest().subarray(0, sealBytes)
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
