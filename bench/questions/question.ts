import type { Recording } from './recording.ts'

export type Variables = Readonly<Record<string, unknown>>

/** One variant of a question: the same work with other values, in the words of either schema. */
export interface Variant {
  readonly modelgate: Variables
  readonly peers: Variables
  /** Put into the document where it says `$$$`, so that every document is another. */
  readonly text?: string
  /** What has to be answered, canonical. Without it the reference is what `apollo` answers. */
  expected?(recording: Recording): unknown
}

export interface Question {
  readonly name: string
  readonly modelgate: string
  /** Null where their schema cannot say it. */
  readonly peers: string | null
  /** Which of its answers the direct client gives for it, where that is not its own: the same requests, merged. */
  readonly direct?: string
  /**
   * More than there are clients, so that no two that are asked at once are the same: the values go to the upstream, so no
   * read is shared either. The first is the one whose answer `direct` gives.
   */
  readonly variants: readonly [Variant, ...Variant[]]
}

export type Language = 'modelgate' | 'peers' | 'none'

export const toBody = (question: Question, variant: Variant, language: Language): string => {
  if (language === 'none') return '{}'
  const query = question[language]
  if (query === null) throw new Error(`${question.name} cannot be asked in the schema of the peers.`)
  return JSON.stringify({ query: query.replaceAll('$$$', variant.text ?? ''), variables: variant[language] })
}
