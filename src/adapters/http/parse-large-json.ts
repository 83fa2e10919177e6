import { LargeJson } from './large-json.ts'
import { LetOthers } from './let-others.ts'

/** What is parsed in one go. */
const shortLength = 64 * 1024

/** As `JSON.parse`, with turns for everybody else in between. */
export async function parseLargeJson(text: string): Promise<unknown> {
  if (text.length <= shortLength) return JSON.parse(text)
  const [json, others] = [new LargeJson(), new LetOthers()]
  for (let at = 0; at < text.length; at += shortLength) {
    json.write(text.slice(at, at + shortLength))
    await others.whenTurnIsOver()
  }
  return json.end()
}
