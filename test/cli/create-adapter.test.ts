import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDirectory } from '../config/sample-directory.ts'
import { run } from './sample-tools.ts'

const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

describe('create-adapter', () => {
  it('makes a project by that name and says what comes next', async () => {
    const directory = createDirectory({})
    const { code, stdout, stderr } = await run(['create-adapter', 'my-hub'], { directory })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('  cd my-hub\n  npm install\n  npm test')
    const folder = join(directory, 'my-hub')
    expect(readdirSync(folder).sort()).toEqual(
      [
        '.gitignore',
        'README.md',
        'conformance.yaml',
        'jsconfig.json',
        'modelgate.yaml',
        'package.json',
        'src',
      ].sort(),
    )
    const texts = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    expect(texts.filter((text) => text.includes('acme'))).toEqual([])
    expect(readFileSync(join(folder, 'src/adapter.js'), 'utf8')).toContain("name: 'my-hub'")
  })

  it('pins what it was tried with, and takes modelgate from where it came itself', async () => {
    const directory = createDirectory({})
    await run(['create-adapter', 'hub'], { directory })
    const manifest = JSON.parse(readFileSync(join(directory, 'hub/package.json'), 'utf8'))
    expect(manifest).toMatchObject({
      name: 'hub',
      type: 'module',
      exports: { '.': './src/adapter.js' },
      dependencies: { zod: own.dependencies.zod },
      peerDependencies: { modelgate: `>=${own.version}` },
    })
    const [, path] = /^file:(.*)$/.exec(manifest.devDependencies.modelgate) ?? []
    expect(resolve(directory, 'hub', path ?? '')).toBe(resolve(import.meta.dirname, '../..'))
  })

  it('takes an empty folder, and prints JSON', async () => {
    const directory = createDirectory({})
    mkdirSync(join(directory, 'hub'))
    const { code, stdout } = await run(['create-adapter', 'hub', '--json'], { directory })
    expect(code).toBe(0)
    const { ok, folder, files } = JSON.parse(stdout)
    expect({ ok, folder }).toEqual({ ok: true, folder: join(directory, 'hub') })
    expect(files).toContain('src/models.js')
    expect(files.every((path: string) => existsSync(join(folder, path)))).toBe(true)
  })

  it.each([
    ['Hub', 'lower-case letters'],
    ['9hub', 'beginning with a letter'],
    ['hub-', 'not ending with "-"'],
    ['./hub', 'lower-case letters'],
    ['@me/hub', 'lower-case letters'],
    ['', 'lower-case letters'],
    ['h'.repeat(100), '1 to 99'],
    ['mlflow', '"mlflow" is taken; not to be used are local, mlflow, modelgate, zod.'],
    ['modelgate', 'is taken'],
  ])('refuses the name %j in words, and makes nothing', async (name, words) => {
    const directory = createDirectory({})
    const { code, stdout, stderr } = await run(['create-adapter', name], { directory })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(readdirSync(directory)).toEqual([])
  })

  it('leaves alone what is there', async () => {
    const directory = createDirectory({ 'hub/notes.txt': 'mine', hob: 'a file' })
    const full = await run(['create-adapter', 'hub'], { directory })
    expect(full).toEqual({
      code: 2,
      stdout: '',
      stderr: 'There is a folder hub here with something in it; choose another name.\n',
    })
    expect(readdirSync(join(directory, 'hub'))).toEqual(['notes.txt'])
    writeFileSync(join(directory, 'hob'), 'a file')
    const file = await run(['create-adapter', 'hob', '--json'], { directory })
    expect(file.code).toBe(2)
    expect(JSON.parse(file.stdout)).toEqual({
      ok: false,
      message: 'There is a file hob here; choose another name.',
    })
    expect(readFileSync(join(directory, 'hob'), 'utf8')).toBe('a file')
  })
})
