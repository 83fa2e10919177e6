import { LargeJson } from './large-json.ts'
import { LetOthers } from './let-others.ts'

/** What is parsed in one go: a millisecond of an honest answer, and some ten of the worst. */
export const shortLength = 256 * 1024
/** What is looked through between two turns of a longer text. */
const pieceLength = 64 * 1024

/** As `JSON.parse`, with turns for everybody else in between. */
export async function parseLargeJson(text: string): Promise<unknown> {
  if (text.length <= shortLength) return JSON.parse(text)
  const [json, others] = [new LargeJson(), new LetOthers()]
  for (let at = 0; at < text.length; at += pieceLength) {
    json.write(text.slice(at, at + pieceLength))
    await others.whenTurnIsOver()
  }
  return json.end()
}
