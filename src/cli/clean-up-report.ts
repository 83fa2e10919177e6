import { printable } from '../config/printable.ts'
import type { NotedCleanUp } from '../stores/clean-ups.ts'

/** What writes have left behind, for people. */
export function toCleanUpReport(cleanUps: readonly NotedCleanUp[]): string {
  if (cleanUps.length === 0) return ''
  const advice =
    'A running gateway tries again what it can. When you have dealt with one yourself: modelgate check --forget ID'
  return `\nLeft behind by writes\n${cleanUps.map((each) => `  ${printable(toLine(each))}\n`).join('')}  ${advice}\n`
}

function toLine({ id, kind, registry, model, notedAt, dueAt, tries, problem }: NotedCleanUp): string {
  const what = kind === 'files' ? 'files of a copy to' : 'the empty model'
  const next = dueAt === null ? 'left to people' : `due at ${new Date(dueAt).toISOString()}`
  const tried = tries === 0 ? [] : [`tried ${tries} times`]
  const facts = [`since ${new Date(notedAt).toISOString()}`, ...tried, next].join(', ')
  return `${id}: ${what} ${JSON.stringify(model)} in "${registry}" (${facts})${problem === null ? '' : `: ${problem}`}`
}
