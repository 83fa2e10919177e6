import { compareCodePoints, type Direction } from '../../../contract/index.ts'

/** Names by code point, each once: some 60 bytes for one of 24 characters. */
export class NameList {
  #names: string[]

  constructor(names: Iterable<string> = []) {
    this.#names = [...new Set(names)].sort(compareCodePoints)
  }

  get size(): number {
    return this.#names.length
  }

  /** @returns whether it is new. */
  add(name: string): boolean {
    const place = this.#placeOf(name)
    if (this.#names[place] === name) return false
    // What comes out of a large text would keep all of it.
    this.#names.splice(place, 0, Buffer.from(name).toString())
    return true
  }

  delete(name: string): void {
    const place = this.#placeOf(name)
    if (this.#names[place] === name) this.#names.splice(place, 1)
  }

  /** Those from a name on, with it or without; `null`: all. */
  *from(start: { readonly name: string; readonly included: boolean } | null, direction: Direction) {
    const names = this.#names
    if (direction === 'asc') {
      let place = start === null ? 0 : this.#placeOf(start.name)
      if (start !== null && !start.included && names[place] === start.name) place += 1
      for (; place < names.length; place++) yield names[place] ?? ''
      return
    }
    let place = start === null ? names.length - 1 : this.#placeOf(start.name)
    if (start !== null && (names[place] !== start.name || !start.included)) place -= 1
    for (; place >= 0; place--) yield names[place] ?? ''
  }

  /** Of the first that is not before it. */
  #placeOf(name: string): number {
    let [low, high] = [0, this.#names.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareCodePoints(this.#names[middle] ?? '', name) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
