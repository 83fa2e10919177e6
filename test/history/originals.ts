import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import * as mutations from '../gateway/mutations.ts'
import type { Original } from './call.ts'
import { type Fleet, registryOfOriginals as registry, registryUnderTest } from './fleet.ts'

export interface Originals {
  readonly whole: readonly Original[]
  readonly spoilt: readonly Original[]
}

/** Versions whose files can be copied; all of the same paths and sizes. */
export async function createOriginals(fleet: Fleet, count: number): Promise<Originals> {
  const whole: Original[] = []
  for (let index = 1; index <= count; index++) whole.push(await createOriginal(fleet, index))
  const [first] = whole
  return { whole, spoilt: first ? [await createSpoilt(fleet, first)] : [] }
}

async function createOriginal(fleet: Fleet, index: number): Promise<Original> {
  const folder = join(fleet.folder, 'origin', `files-${index}`)
  mkdirSync(join(folder, 'below'), { recursive: true })
  const files = { 'a.txt': content(index, 'a', 200), 'below/b.bin': content(index, 'b', 40_000) }
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const model = { key: { registry, name: 'original' } }
  const input = { model, createModel: true, source: pathToFileURL(folder).href }
  const { createModelVersion } = await run(fleet, mutations.createVersion, input)
  return { registry, model: 'original', version: createModelVersion.modelVersion.version, files }
}

/** A copy that came back, and was changed after its digest had been noted. */
async function createSpoilt(fleet: Fleet, { files, ...original }: Original): Promise<Original> {
  const { registry: from, model, version } = original
  const there = { registry: registryUnderTest, name: `on-its-way-${fleet.folder.slice(-6)}` }
  const copy = (source: object, destination: object) =>
    run(fleet, mutations.copyVersion, { source: { key: source }, destination, artifacts: 'COPY' })
  const gone = await copy({ registry: from, model, version }, there)
  const number = gone.copyModelVersion.modelVersion.version
  const source = { registry: there.registry, model: there.name, version: number }
  const back = await copy(source, { registry, name: 'spoilt' })
  const { version: spoilt, artifactUri } = back.copyModelVersion.modelVersion
  writeFileSync(join(fileURLToPath(artifactUri), 'a.txt'), content(0, 'a', 200))
  return { registry, model: 'spoilt', version: spoilt, files }
}

function content(index: number, name: string, length: number): string {
  return `${name} of ${index}. `.repeat(length).slice(0, length)
}

async function run(fleet: Fleet, document: string, input: object) {
  const [member] = fleet.members
  if (!member) throw new Error('The fleet has no gateway.')
  const { data, errors } = await member.process.ask(document, { input })
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}
