import type { Call } from '../../contract/index.ts'
import { countAnswer } from './answer-size.ts'
import type { HttpAnswer } from './http-message.ts'
import { parseLargeJson } from './parse-large-json.ts'
import { Turns } from './turns.ts'

/** From how many bytes on an answer waits for its turn. */
export const largeFrom = 1024 * 1024
/** For whoever has to say what was wrong with it. */
const keptText = 1000

/**
 * The large answers of one server, of which one at a time is read and parsed. The others stay where they are, with the
 * server, so that what they take in memory is bounded for all of them together. One that stalls holds up the large ones
 * of its own server until its deadline, and nothing else: small ones never wait.
 */
export class LargeAnswers {
  readonly #turns = new Turns(1)

  /**
   * @param signal ends the wait: the call's, or one that ends before it.
   * @param read has to wait for what it is given, once, before it reads on in an answer that turns out to be large.
   * @throws RegistryError when the answers to the call are too much together.
   */
  async read<Answer extends HttpAnswer>(
    call: Call,
    signal: AbortSignal,
    read: (turn: () => Promise<void>) => Promise<Answer>,
  ): Promise<Answer> {
    const turn: { passOn?: () => void } = {}
    try {
      const answer = await read(async () => {
        turn.passOn = await this.#turns.take(signal)
      })
      countAnswer(call, answer.text.length)
      return turn.passOn ? await parsedAlready(answer) : answer
    } finally {
      turn.passOn?.()
    }
  }
}

/** What cannot be parsed is not tried again by somebody who has no turn. */
async function parsedAlready<Answer extends HttpAnswer>(answer: Answer): Promise<Answer> {
  if (answer.status < 200 || answer.status > 299) return answer
  const parsed = await parseLargeJson(answer.text).then(
    (value) => ({ value }),
    () => null,
  )
  return { ...answer, text: answer.text.slice(0, keptText), parsed }
}
