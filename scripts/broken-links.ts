import { posix } from 'node:path'

export interface BrokenLink {
  readonly page: string
  readonly link: string
}

/** Links of the pages among these files to what is not among them. Those to other servers are not looked at. */
export function brokenLinks(files: readonly string[], read: (path: string) => string): BrokenLink[] {
  const there = new Set(files)
  const folders = new Set(files.flatMap(foldersOf))
  const pages = files.filter((path) => path.endsWith('.md'))
  return pages.flatMap((page) =>
    linksOf(read(page))
      .filter((link) => !leadsTo(link, page))
      .map((link) => ({ page, link })),
  )

  function leadsTo(link: string, page: string): boolean {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return true
    const [path = '', heading] = link.split('#', 2)
    const target = path === '' ? page : targetOf(decodeURI(path), page)
    if (!there.has(target)) return folders.has(target.replace(/\/$/, ''))
    return heading === undefined || !target.endsWith('.md') || anchorsOf(read(target)).has(heading)
  }
}

/** A template is a project that has the package installed. */
function targetOf(path: string, page: string): string {
  const installed = 'node_modules/modelgate/'
  const isOfTemplate = page.startsWith('templates/') && path.startsWith(installed)
  return isOfTemplate ? path.slice(installed.length) : posix.join(posix.dirname(page), path)
}

/** Of what is no code: inline, by reference, and of images. */
function linksOf(text: string): string[] {
  const prose = withoutCode(text).replaceAll(/`[^`\n]*`/g, '')
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)].map(([, link]) => link)
  const referred = [...prose.matchAll(/^\s*\[[^\]]+\]:\s*(\S+)/gm)].map(([, link]) => link)
  const tagged = [...prose.matchAll(/<(?:a|img)\b[^>]*?(?:href|src)="([^"]+)"/g)].map(([, link]) => link)
  return [...inline, ...referred, ...tagged].filter((link) => link !== undefined)
}

/** As GitHub names them. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const headings = [...withoutCode(text).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)]
  return new Set(
    headings.map(([, heading = '']) => {
      const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
      const anchor = plain.replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '').replaceAll(' ', '-')
      const times = seen.get(anchor) ?? 0
      seen.set(anchor, times + 1)
      return times === 0 ? anchor : `${anchor}-${times}`
    }),
  )
}

function withoutCode(text: string): string {
  return text.replaceAll(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[^\n]*$/gm, '')
}

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
