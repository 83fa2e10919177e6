import { RegistryError } from '../../../contract/index.ts'
import { makeLasting } from '../../../contract/lasting.ts'
import { joined } from '../joined.ts'
import type { JsonObject } from '../parse-json.ts'
import type { ReadRows } from '../read-rows.ts'
import { type KeptRows, keptRows } from './kept-rows.ts'
import { parseObject, parseRest } from './parse-part.ts'
import { endOfObject, hashOfBeginning, isNextRow, skipSpace, toNextRow } from './row-bytes.ts'
import { Worth } from './worth.ts'

/** The rows of a list, and what the answer says beside it. */
export interface ListedRows<Row> extends ReadRows<Row> {
  readonly rest: JsonObject
}

interface Reading<Row> {
  readonly bytes: Buffer
  readonly rows: Row[]
  readonly keeps: boolean
  flaw: RegistryError | null
  met: number
  unknown: number
  /** In bytes, one by one. */
  parsed: number
}

let owners = 0

/**
 * The rows of one list of one server, made once of the same bytes: who sends the same again is answered with the same
 * records. Nothing is asked less often for it, and nothing is older than what was sent just now.
 */
export class KnownRows<Row extends object> {
  readonly #field: string
  readonly #toRow: (source: JsonObject) => Row
  readonly #kept: KeptRows
  readonly #beginning: RegExp
  readonly #seed = Math.imul(++owners, 0x9e3779b1)
  readonly #worth = new Worth()

  /** @param toRow gives the same for the same, whenever it is asked. */
  constructor(field: string, toRow: (source: JsonObject) => Row, kept: KeptRows = keptRows) {
    this.#field = field
    this.#toRow = toRow
    this.#kept = kept
    this.#beginning = new RegExp(`^[ \\n\\r\\t]*\\{[ \\n\\r\\t]*"${field}"[ \\n\\r\\t]*:[ \\n\\r\\t]*\\[`)
  }

  /**
   * What parsing all of the answer would say, of one that begins with a list of 1 to `most` objects and has little behind
   * it. Null of any other, and of one of which too little is known.
   */
  read(chunks: readonly Uint8Array[], most: number): ListedRows<Row> | null {
    const bytes = joined(chunks)
    const beginning = this.#beginning.exec(bytes.toString('latin1', 0, 200))
    if (!beginning) return null
    const keeps = this.#worth.keepsThis()
    const reading: Reading<Row> = { bytes, rows: [], keeps, flaw: null, met: 0, unknown: 0, parsed: 0 }
    const end = this.#readRows(reading, skipSpace(bytes, beginning[0].length), most)
    this.#worth.note(reading.met, keeps ? reading.unknown : 0)
    const rest = end === null ? null : parseRest(bytes, end, this.#field)
    return rest && { rows: reading.rows, flaw: reading.flaw, rest }
  }

  /** The place behind the last row; null where there is anything but rows. */
  #readRows(reading: Reading<Row>, from: number, most: number): number | null {
    const { bytes } = reading
    for (let [at, count] = [from, 1]; count <= most; count++) {
      const hash = hashOfBeginning(bytes, at, this.#seed)
      const known = this.#kept.find(hash)
      let end: number
      if (known?.owner === this && isNextRow(bytes, at, known.bytes)) {
        reading.rows.push(known.row as Row)
        reading.met++
        end = at + known.bytes.length
      } else {
        end = endOfObject(bytes, at)
        if (!this.#readUnknown(reading, hash, at, end)) return null
      }
      const next = toNextRow(bytes, end)
      if (next === -1) return end
      at = next
    }
    return null
  }

  #readUnknown(reading: Reading<Row>, hash: number, from: number, end: number): boolean {
    const { bytes, keeps, met } = reading
    // More of them unknown than known, all at once costs less.
    if (++reading.unknown > met && !keeps) return false
    reading.parsed += end - from
    const source = end === -1 || reading.parsed > mostParsed ? null : parseObject(bytes, from, end)
    if (!source) return false
    try {
      const row = this.#toRow(source)
      reading.rows.push(row)
      if (keeps && end - from <= mostOfKeptRow)
        this.#kept.keep(hash, {
          owner: this,
          row: makeLasting(row),
          bytes: Buffer.from(bytes.subarray(from, end)),
        })
    } catch (error) {
      if (!RegistryError.is(error)) throw error
      reading.flaw ??= error
    }
    return true
  }
}

/** All at once, while others wait; of one that takes more, whoever parses it gives them turns. */
const mostParsed = 256 * 1024
/** More than any honest one. */
const mostOfKeptRow = 32 * 1024
