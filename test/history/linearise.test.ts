import { describe, expect, it } from 'vitest'
import { Random } from '../environment/random.ts'
import { rounds } from '../environment/rounds.ts'
import { linearise, type Step } from './linearise.ts'

/** A register that can compare and set. */
type Register = Step<number>
interface Times {
  readonly from: number
  readonly to: number
}
let calls = 0
const step = ({ from, to }: Times, isRead: boolean, apply: Register['apply']): Register => {
  const call = String(calls++)
  return { call, order: 0, begin: from, end: to, isCertain: true, isRead, apply }
}
const at = (from: number, to: number): Times => ({ from, to })
const set = (times: Times, value: number) => step(times, false, () => value)
const read = (times: Times, value: number) => step(times, true, (now) => (now === value ? now : null))
const swap = (times: Times, from: number, to: number) =>
  step(times, false, (now) => (now === from ? to : null))
const perhaps = (one: Register): Register => ({ ...one, end: Infinity, isCertain: false })
const briefly = (one: Register): Register => ({ ...one, isCertain: false })

describe('a history of a register that holds 0', () => {
  it.each<[string, Register[]]>([
    ['is empty', []],
    ['reads what was set', [set(at(1, 2), 5), read(at(3, 4), 5)]],
    ['reads either value while it is being set', [set(at(1, 9), 5), read(at(2, 3), 0), read(at(4, 5), 5)]],
    ['reads the values of two that overlap', [set(at(1, 9), 5), set(at(1, 9), 6), read(at(10, 11), 5)]],
    ['swaps in turn', [swap(at(1, 9), 0, 1), swap(at(1, 9), 1, 2), read(at(10, 11), 2)]],
    ['never shows what may not have happened', [perhaps(set(at(1, 2), 5)), read(at(3, 4), 0)]],
    ['shows it much later', [perhaps(set(at(1, 2), 5)), read(at(3, 4), 0), read(at(5, 6), 5)]],
    ['swaps after what may have happened', [perhaps(set(at(1, 2), 5)), swap(at(3, 4), 5, 6)]],
    [
      'shows in between what may have happened before its end',
      [set(at(0, 1), 1), briefly(set(at(2, 3), 5)), read(at(2, 3), 5), set(at(4, 5), 1), read(at(6, 7), 1)],
    ],
    [
      'reads 0 only before what may have happened by then',
      [briefly(set(at(1, 2), 5)), read(at(0, 9), 0), read(at(3, 4), 5)],
    ],
  ])('is linearisable when it %s', (_, steps) => {
    expect(linearise(0, steps)).toBe('linearisable')
  })

  it.each<[string, Register[]]>([
    ['loses what was set', [set(at(1, 2), 5), read(at(3, 4), 0)]],
    ['goes back in time', [set(at(1, 9), 5), read(at(2, 3), 5), read(at(4, 5), 0)]],
    ['reads what nobody set', [set(at(1, 2), 5), read(at(3, 4), 7)]],
    ['lets two swap from the same value', [swap(at(1, 9), 0, 1), swap(at(1, 9), 0, 2)]],
    [
      'does twice what may have happened',
      [
        ...[perhaps(set(at(1, 2), 5)), set(at(3, 4), 6), read(at(5, 6), 5)],
        ...[set(at(7, 8), 7), read(at(9, 10), 5)],
      ],
    ],
    ['shows too early what may happen', [read(at(1, 2), 5), perhaps(set(at(3, 4), 5))]],
    [
      'shows too late what may have happened by then',
      [briefly(set(at(1, 2), 5)), read(at(3, 4), 0), read(at(5, 6), 5)],
    ],
  ])('is impossible when it %s', (_, steps) => {
    expect(linearise(0, steps)).toBe('impossible')
  })

  it('keeps the parts of a call in their order', () => {
    const [first, second] = [set(at(1, 9), 5), swap(at(1, 9), 5, 6)]
    const call = 'both'
    const last = read(at(10, 11), 5)
    expect(linearise(0, [{ ...second, call, order: 1 }, { ...first, call }, last])).toBe('impossible')
    expect(linearise(0, [{ ...first, call, order: 1 }, { ...perhaps(second), call }, last])).toBe(
      'linearisable',
    )
  })

  it('says when it has not searched to the end', () => {
    const many = Array.from({ length: 20 }, (_, index) => set(at(1, 9), index))
    expect(linearise(0, [...many, read(at(10, 11), -1)], 100)).toBe('undecided')
  })
})

describe('histories made at random', () => {
  const seeds = Array.from({ length: rounds(100, 3000) }, (_, seed) => seed)

  it('are linearisable when each step came at one moment, and not when one result is altered in the end', () => {
    for (const seed of seeds) {
      const random = new Random(seed)
      let now = 0
      const steps = Array.from({ length: 14 }, (_, moment) => {
        const times = at(moment - random.between(0, 2), moment + random.between(0, 2))
        const value = Math.floor(random.between(1, 5))
        const kind = random.pick(['set', 'read', 'swap', 'lost', 'gone'] as const)
        if (kind === 'read') return read(times, now)
        if (kind === 'gone') return perhaps(set(times, 9))
        const before = now
        now = value
        if (kind === 'swap') return swap(times, before, value)
        return kind === 'set' ? set(times, value) : perhaps(set(times, value))
      })
      const end = at(40, 41)
      expect(linearise(0, [...steps, read(end, now)]), `seed ${seed}`).toBe('linearisable')
      expect(linearise(0, [...steps, read(end, 7)]), `seed ${seed}`).toBe('impossible')
      const once = [read(end, now), read(at(42, 43), now === 0 ? 1 : 0), read(at(44, 45), now)]
      const isOpen = steps.some(({ isCertain }) => !isCertain)
      if (!isOpen) expect(linearise(0, [...steps, ...once]), `seed ${seed}`).toBe('impossible')
    }
  })
})
