import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkImports } from '../../scripts/check-imports.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-imports-'))
  await plant(
    'package.json',
    '{"name":"planted","dependencies":{"graphql":"*","zod":"*","@apollo/server":"*"}}',
  )
  for (const name of ['graphql', 'zod', '@apollo/server']) {
    await plant(`node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`)
    await plant(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  for (const file of ['contract/index', 'federation/plan', 'adapters/mlflow/adapter', 'adapters/http/pool'])
    await plant(`src/${file}.ts`, 'export const here = 1\n')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const plant = async (path: string, text: string) => {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

describe('checkImports', () => {
  it('lets the allowed ones pass', async () => {
    await plant('src/adapters/mlflow/wire.ts', "import '../http/pool.ts'\nimport '../../contract/index.ts'\n")
    await plant('src/adapters/mlflow/use.ts', "import './wire.ts'\nimport 'zod'\n")
    await plant(
      'src/federation/use.ts',
      "import type { here } from '../contract/index.ts'\nexport type A = typeof here\n",
    )
    await plant('src/main.ts', "import './federation/plan.ts'\nimport './adapters/mlflow/adapter.ts'\n")
    expect(await checkImports(folder)).toEqual({ modules: 8, problems: [] })
  })

  it.each([
    ['contract/bad', "import '../federation/plan.ts'", 'contract imports nothing'],
    ['contract/bad', "import 'zod'", 'contract imports no package'],
    ['contract/bad', "import type { A } from 'zod'\nexport type B = A", 'contract imports no package'],
    ['contract/bad', "import 'node:fs'", 'contract does no I/O'],
    ['conformance/bad', "import '../adapters/mlflow/adapter.ts'", 'conformance imports contract'],
    ['federation/bad', "import 'graphql'", 'federation imports no graphql'],
    ['federation/bad', "import '../adapters/http/pool.ts'", 'federation imports contract'],
    [
      'federation/bad',
      "import type { here } from '../graphql/bad.ts'\nexport type A = typeof here",
      'federation',
    ],
    [
      'federation/resolve/bad',
      "import '../copy/late.ts'",
      'federation/resolve imports errors, records, session',
    ],
    ['federation/bad', "import './copy/late.ts'", 'what the rooms of federation share knows none of them'],
    ['federation/odds/bad', 'export const lost = 1', 'every file lives in a room'],
    ['adapters/azure-ml/bad', "import '../mlflow/adapter.ts'", 'imports contract, timing, adapters/http'],
    ['adapters/azure-ml/bad', "import '../../federation/plan.ts'", 'imports contract, timing, adapters/http'],
    ['adapters/http/bad', "import '../mlflow/adapter.ts'", 'adapters/http imports contract'],
    ['graphql/bad', "import '../adapters/mlflow/adapter.ts'", 'graphql imports contract, timing, federation'],
    ['server/bad', "import '../federation/plan.ts'", 'server imports contract'],
    ['server/bad', "import 'graphql'", 'server imports no graphql'],
    ['graphql/bad', "import '@apollo/server'", 'graphql imports Apollo in its folder alone'],
    ['graphql/bad', "export * from '../../test/fixture.ts'", 'src imports nothing outside src'],
    ['state/bad', "import './notes/note.ts'", 'the engine of state knows none of the rooms'],
    [
      'state/keys/bad',
      "import '../notes/note.ts'",
      'the rooms of state share its engine, the SQL of lists, and nothing else',
    ],
    ['cli/bad', "import './nowhere.ts'", 'every import is found'],
    ['helpers/bad', 'export const lost = 1', 'every file lives in a room'],
  ])('catches %s with %s', async (file, text, problem) => {
    await plant('test/fixture.ts', 'export const fixture = 1\n')
    await plant('src/graphql/bad.ts', 'export const here = 1\n')
    await plant('src/federation/copy/late.ts', 'export const here = 1\n')
    await plant('src/state/notes/note.ts', 'export const here = 1\n')
    await plant(`src/${file}.ts`, `${text}\n`)
    expect((await checkImports(folder)).problems).toEqual([expect.stringContaining(problem)])
  })

  it('catches a cycle', async () => {
    await plant('src/federation/a.ts', "import './b.ts'\nexport const a = 1\n")
    await plant('src/federation/b.ts', "import './a.ts'\nexport const b = 1\n")
    expect((await checkImports(folder)).problems).toContainEqual(expect.stringContaining('no cycles'))
  })

  it('fails when it finds no module', async () => {
    await rm(join(folder, 'src'), { recursive: true })
    await mkdir(join(folder, 'src'))
    expect((await checkImports(folder)).problems).toEqual([expect.stringContaining('no module was found')])
  })
})
