import { expect, it } from 'vitest'
import { brokenLinks } from '../../scripts/broken-links.ts'

function linksIn(pages: Readonly<Record<string, string>>): string[] {
  return brokenLinks(Object.keys(pages), (path) => pages[path] ?? '').map(
    ({ page, link }) => `${page}: ${link}`,
  )
}

it('finds pages, headings, images and folders that are not there', () => {
  const page = [
    '[there](docs/a.md) [a part](docs/a.md#what-it-is) ![drawn](img/b.svg) [folder](docs/) [web](https://x.example/y)',
    '[gone](docs/gone.md) [no part](docs/a.md#not-it) [by reference][ref] <img src="img/c.svg">',
    '[ref]: docs/ref.md',
    '`[code](no.md)`',
    '```md',
    '[code](no.md)',
    '```',
  ].join('\n')
  expect(
    linksIn({ 'README.md': page, 'docs/a.md': '# What it is?\n[up](../README.md)', 'img/b.svg': '' }),
  ).toEqual([
    'README.md: docs/gone.md',
    'README.md: docs/a.md#not-it',
    'README.md: docs/ref.md',
    'README.md: img/c.svg',
  ])
})

it('follows a template’s links into the package that its project has installed', () => {
  const readme = '[guide](node_modules/modelgate/docs/a.md) [gone](node_modules/modelgate/docs/b.md)'
  expect(linksIn({ 'templates/adapter/README.md': readme, 'docs/a.md': '' })).toEqual([
    'templates/adapter/README.md: node_modules/modelgate/docs/b.md',
  ])
})
