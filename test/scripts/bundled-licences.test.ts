import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundledLicences } from '../../scripts/bundled-licences.ts'

let root: string
const install = async (place: string, manifest: object, files: Record<string, string> = {}) => {
  const folder = join(root, 'node_modules', place)
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: place, version: '1.2.3', ...manifest }),
  )
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
}
const bundle = (...files: string[]): Metafile => ({
  inputs: Object.fromEntries(files.map((file) => [file, { bytes: 1, imports: [] }])),
  outputs: {},
})

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'modelgate-licences-'))
  await install('plain', { license: 'MIT' }, { 'LICENSE.md': 'Do as you like.', 'README.md': 'No licence.' })
  await install('@many/of', { license: 'Apache-2.0' }, { LICENCE: 'Some terms.', NOTICE: 'By many.' })
  await install('plain/node_modules/inner', { license: 'ISC', name: 'inner' })
  await install('unused', { license: 'MIT' }, { LICENSE: 'Not asked for.' })
  await install('bare', {})
})
afterAll(() => rm(root, { recursive: true, force: true }))

test('has each package of the bundles once, with all that it says of its licence', async () => {
  const first = bundle('src/main.ts', 'node_modules/plain/a.js', 'node_modules/plain/b/c.js')
  const second = bundle(
    'node_modules/plain/a.js',
    'parts:node_modules/@many/of/index.js',
    'node_modules/plain/node_modules/inner/index.js',
  )
  const parts = (await bundledLicences(root, [first, second])).split(/^-+$/m).map((part) => part.trim())
  expect(parts).toEqual([
    '@many/of 1.2.3 (Apache-2.0)\n\nSome terms.\n\nBy many.',
    'inner 1.2.3 (ISC)',
    'plain 1.2.3 (MIT)\n\nDo as you like.',
  ])
})

test('builds nothing from a package that says nothing', async () => {
  await expect(bundledLicences(root, [bundle('node_modules/bare/index.js')])).rejects.toThrow(
    'bare 1.2.3 names no licence.',
  )
})
