import type { WordDocument } from '../../../words/word-document.ts'

export type Documents = ReadonlyMap<number, WordDocument>

export interface DocumentPart {
  readonly documents: Documents
  /** The last of the ids that they were made of. */
  readonly last: number
}

/** Documents are short, but a registry may fill each of them up: so many characters of words are held at once. */
const mostCharacters = 8_000_000

/** Makes documents of ids in their order, and gives them as they come, in parts that are not too large to be held. */
export async function* inParts(
  ids: readonly number[],
  { atOnce, make }: { readonly atOnce: number; make(ids: readonly number[]): Promise<Documents> },
): AsyncGenerator<DocumentPart> {
  let documents = new Map<number, WordDocument>()
  let characters = 0
  for (let start = 0; start < ids.length; start += atOnce) {
    const some = ids.slice(start, start + atOnce)
    for (const [id, document] of await make(some)) {
      documents.set(id, document)
      for (const { length } of document.tokens) characters += length
    }
    if (characters < mostCharacters && start + atOnce < ids.length) continue
    yield { documents, last: some.at(-1) as number }
    documents = new Map()
    characters = 0
  }
}
