import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'

const texts = /^(licen[cs]e|copying|notice|third-?party-?notices)([.-].*)?$/i

/**
 * The licences of all packages whose code is in bundles, as these ask for: a bundle has no comments.
 *
 * @throws Error for a package that neither names its licence nor has its text.
 */
export async function bundledLicences(root: string, bundles: readonly Metafile[]): Promise<string> {
  const places = new Set(bundles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageOf)))
  const licences = await Promise.all([...places].map((place) => licenceOf(root, place)))
  // One package may be there twice, in one version.
  return [...new Set(licences)].sort().join(`\n${'-'.repeat(120)}\n\n`)
}

/** The folder of the package that a file belongs to. Files of plugins have their namespace before it. */
function packageOf(path: string): string[] {
  const [place] = /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path) ?? []
  return place === undefined ? [] : [place]
}

async function licenceOf(root: string, place: string): Promise<string> {
  const folder = join(root, place)
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const files = (await readdir(folder)).filter((file) => texts.test(file)).sort()
  if (typeof license !== 'string' && files.length === 0)
    throw new Error(`${name} ${version} names no licence.`)
  const found = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return [`${name} ${version} (${license ?? 'see below'})`, ...found.map((text) => text.trim()), ''].join(
    '\n\n',
  )
}
