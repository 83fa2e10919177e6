import type { TimeCondition } from '../../../src/contract/index.ts'
import { askedModels, askedVersions, type WrongReader } from './wrong-reader.ts'

const notBefore = (leaf: TimeCondition): TimeCondition =>
  leaf.operator === 'gt' ? { ...leaf, operator: 'gte' } : leaf

const later = (leaf: TimeCondition): TimeCondition =>
  leaf.operator === 'gte' ? { ...leaf, operator: 'gt' } : leaf

const toSeconds = (leaf: TimeCondition): TimeCondition => ({
  ...leaf,
  value: new Date(Math.floor(leaf.value.getTime() / 1000) * 1000),
})

/** As of a database whose times have years of four digits. */
const toFourDigits = (leaf: TimeCondition): TimeCondition => {
  const text = leaf.value.toISOString()
  return /^\d{4}-/.test(text) ? leaf : { ...leaf, value: new Date(`2${text.slice(-20)}`) }
}

export const wrongWithTimes: readonly WrongReader[] = [
  {
    wrong: 'takes "after" for "not before" of models',
    fails: ['MG-FILTER-010', 'MG-TIME-001'],
    spoil: askedModels((leaf) => (leaf.kind === 'time' ? notBefore(leaf) : leaf)),
  },
  {
    wrong: 'takes "not before" for "after" of versions',
    fails: ['MG-FILTER-031', 'MG-TIME-002'],
    spoil: askedVersions((leaf) => (leaf.kind === 'time' ? later(leaf) : leaf)),
  },
  {
    wrong: 'compares the times of models by the second',
    fails: ['MG-TIME-001', 'MG-FILTER-010'],
    spoil: askedModels((leaf) => (leaf.kind === 'time' ? toSeconds(leaf) : leaf)),
  },
  {
    wrong: 'compares the times of versions by the second',
    fails: ['MG-TIME-002', 'MG-FILTER-031'],
    spoil: askedVersions((leaf) => (leaf.kind === 'time' ? toSeconds(leaf) : leaf)),
  },
  {
    wrong: 'writes every year with four digits',
    fails: ['MG-TIME-003'],
    spoil: askedVersions((leaf) => (leaf.kind === 'time' ? toFourDigits(leaf) : leaf)),
  },
]
