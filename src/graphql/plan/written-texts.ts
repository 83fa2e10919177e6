import type { WrittenText } from '../answer/inserted-texts.ts'
import type { ValuePlan } from './operation-plan.ts'

/** What one takes beside its bytes. */
const bytesOfText = 300
/** When so much has been written, all of it is forgotten: what is still asked for is written again. */
const mostBytes = 16_000_000

type OfPlan = WeakMap<object, WrittenText>

/** JSON of objects that last, by plan and object, for as long as these are there. */
class WrittenTexts {
  #byPlan = new WeakMap<ValuePlan, OfPlan>()
  #bytes = 0

  of(plan: ValuePlan): OfPlan | undefined {
    return this.#byPlan.get(plan)
  }

  keep(plan: ValuePlan, source: object, text: WrittenText): void {
    this.#bytes += text.bytes.length + bytesOfText
    if (this.#bytes > mostBytes) {
      this.#byPlan = new WeakMap()
      this.#bytes = 0
    }
    const ofPlan = this.#byPlan.get(plan) ?? new WeakMap<object, WrittenText>()
    ofPlan.set(source, text)
    this.#byPlan.set(plan, ofPlan)
  }
}

export const writtenTexts = new WrittenTexts()
