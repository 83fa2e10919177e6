import { isLasting } from '../../contract/lasting.ts'
import type { AnswerMeter } from '../answer/answer-meter.ts'
import type { InsertedTexts, WrittenText } from '../answer/inserted-texts.ts'
import type { ValuePlan } from './operation-plan.ts'
import { writtenTexts } from './written-texts.ts'

/** What of one answer was written before, by objects that last. */
export class WrittenParts {
  readonly #texts: InsertedTexts
  readonly #meter: AnswerMeter

  constructor(texts: InsertedTexts, meter: AnswerMeter) {
    this.#texts = texts
    this.#meter = meter
  }

  /** What stands for it in the data; null: it has to be made. */
  find(plan: ValuePlan, source: object): string | null {
    const text = writtenTexts.of(plan)?.get(source)
    return text && this.#meter.countWritten(text.objects, text.characters) ? this.#texts.add(text) : null
  }

  /** As {@link find}, of a list all of whose items were written before. */
  findAll(plan: ValuePlan, items: readonly unknown[]): string | null {
    const ofPlan = writtenTexts.of(plan)
    if (!ofPlan || items.length === 0) return null
    const texts: WrittenText[] = []
    let [objects, characters] = [0, 0]
    for (const item of items) {
      const text = ofPlan.get(item as object)
      if (!text) return null
      texts.push(text)
      objects += text.objects
      characters += text.characters
    }
    return this.#meter.countWritten(objects, characters) ? this.#texts.addList(texts) : null
  }

  /** Writes what was made of an object, for the next time. */
  keep(plan: ValuePlan, source: object, data: object, since: Counted): void {
    if (!isLasting(source)) return
    const { objects, characters } = this.#meter
    const bytes = Buffer.from(JSON.stringify(data))
    writtenTexts.keep(plan, source, {
      bytes,
      objects: objects - since.objects,
      characters: characters - since.characters,
    })
  }
}

/** What was counted before an object was made. */
export type Counted = Pick<AnswerMeter, 'objects' | 'characters'>
