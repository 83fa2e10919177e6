import { readFileSync, writeFileSync } from 'node:fs'

/** Puts each text between the two comments of its name, so that the prose around them stays. */
export function writeTables(path: string, texts: Readonly<Record<string, string>>): void {
  const before = readFileSync(path, 'utf8')
  const after = Object.entries(texts).reduce((page, [name, text]) => {
    const [begin, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
    const [from, to] = [page.indexOf(begin), page.indexOf(end)]
    if (from === -1 || to < from)
      throw new Error(`${path} has no ${begin} before a ${end}: write them where it belongs.`)
    return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`
  }, before)
  writeFileSync(path, after)
}
