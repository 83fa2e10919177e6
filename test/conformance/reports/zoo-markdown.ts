import { allChecks } from '../../../src/conformance/index.ts'
import type { Cage, WrongAdapter } from '../zoo.ts'

const titles = new Map(allChecks.map(({ id, title }) => [id, title]))

/** Each wrong adapter with the check that is meant for it, and what else fails because of it. */
export function toZooMarkdown(zoo: readonly Cage[]): string {
  const count = zoo.reduce((sum, { adapters }) => sum + adapters.length, 0)
  const lines = [
    '# The zoo of wrong adapters',
    '',
    `${count} adapters, each of which gets one thing wrong. Every check at the level MUST has one that is made for it.`,
    'A test runs all of them and demands that exactly these checks fail.',
    ...zoo.flatMap(({ about, adapters }) => ['', `## ${about}`, '', ...toTable(adapters)]),
  ]
  return `${lines.join('\n')}\n`
}

function toTable(adapters: readonly WrongAdapter[]): string[] {
  const rows = adapters.map(({ wrong, fails: [meant = '', ...others] }) => {
    const follows = others.map((id) => `\`${id}\``).join(' ')
    return `| ${wrong.replaceAll('|', '\\|')} | \`${meant}\` ${titles.get(meant)} | ${follows} |`
  })
  return ['| an adapter that … | fails | and so |', '| --- | --- | --- |', ...rows]
}
