/** Numbers from a seed: whoever asks again, in whatever order, gets the same. */
export class Random {
  #state: number

  constructor(...seeds: readonly number[]) {
    this.#state = seeds.reduce((state, seed) => mix(state ^ Math.imul(seed + 1, 0x9e3779b1)), 0x2545f491)
  }

  /** Below 2^32. */
  bits(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    return mix(this.#state)
  }

  /** From 0 on, below 1. */
  share(): number {
    return this.bits() / 4_294_967_296
  }

  below(count: number): number {
    return Math.floor(this.share() * count)
  }

  pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.bits().toString(16).padStart(8, '0')
    return text.slice(0, digits)
  }
}

/** Murmur's last steps: of numbers that differ little, ones that differ much. */
function mix(number: number): number {
  let mixed = number >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
