import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql'
import { type PlannedFields, PlannedOperation } from './planned-operation.ts'

/** What a character of a document takes in memory, with all that is made of it, and what a field of a plan takes. */
const bytesOfCharacter = 40
const bytesOfField = 500

/** All together; the ones that were asked for last are kept. */
const mostBytes = 32_000_000

interface Kept {
  readonly operations: readonly PlannedOperation[]
  bytes: number
}

/** Documents that were found valid, by their text, with plans of their queries. */
export class PlannedDocuments {
  readonly #schema: GraphQLSchema
  readonly #fields: PlannedFields
  readonly #byText = new Map<string, Kept>()
  #bytes = 0

  constructor(schema: GraphQLSchema, fields: PlannedFields) {
    this.#schema = schema
    this.#fields = fields
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Null where no such query is known, or several are and no name says which. */
  find(text: string, operationName: string | null): PlannedOperation | null {
    const kept = this.#byText.get(text)
    if (!kept) return null
    this.#keep(text, kept)
    if (operationName === null) return kept.operations.length === 1 ? (kept.operations[0] ?? null) : null
    return kept.operations.find(({ operation }) => operation.name?.value === operationName) ?? null
  }

  /** Of a valid document. */
  add(text: string, document: DocumentNode): void {
    if (this.#byText.has(text)) return
    const operations = document.definitions
      .filter(
        (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
      )
      .map((operation) => new PlannedOperation(operation, document, this.#schema, this.#fields))
    this.#keep(text, { operations, bytes: 0 })
  }

  /** As the one that was asked for last, at the size that it has by now. */
  #keep(text: string, kept: Kept): void {
    this.#byText.delete(text)
    this.#byText.set(text, kept)
    const fields = kept.operations.reduce((sum, { size }) => sum + size, 0)
    const bytes = text.length * bytesOfCharacter + fields * bytesOfField
    this.#bytes += bytes - kept.bytes
    kept.bytes = bytes
    for (const [oldest, { bytes: freed }] of this.#byText) {
      if (this.#bytes <= mostBytes || oldest === text) break
      this.#byText.delete(oldest)
      this.#bytes -= freed
    }
  }
}
