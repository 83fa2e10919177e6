/** Fails where a page that the package ships links to a file, or to a heading of a page, that it does not ship. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brokenLinks } from './broken-links.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

function packedFiles(): string[] {
  const options = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const [pack] = JSON.parse(execFileSync('npm', options, { cwd: root, encoding: 'utf8' }))
  return pack.files.map(({ path }: { readonly path: string }) => path)
}

const broken = brokenLinks(packedFiles(), (path) => readFileSync(posix.join(root, path), 'utf8'))
for (const { page, link } of broken) console.error(`${page}: ${link} leads nowhere in the package`)
console.log(`${broken.length} broken links`)
process.exitCode = broken.length === 0 ? 0 : 1
