import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const launchers = ['modelgate.js', 'run-program.js'].map((name) =>
  fileURLToPath(new URL(`../../bin/${name}`, import.meta.url)),
)
/** Nobody whom the system knows. */
const stranger = 54321

let folder: string
let elsewhere: string

/** An installation beside whose code nothing can be kept, and which says where it keeps it. */
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-kept-')))
  elsewhere = join(folder, 'elsewhere')
  for (const name of ['bin', 'dist', 'elsewhere']) await mkdir(join(folder, name))
  for (const launcher of launchers) await copyFile(launcher, join(folder, 'bin', basename(launcher)))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'dist/compiled'), 'not a folder')
  const main = "(function (require) { console.log(String(require('node:module').getCompileCacheDir())) })"
  await writeFile(join(folder, 'dist/main.js'), main)
  await chmod(folder, 0o755)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function start(home: string | undefined, identity: { uid?: number } = {}) {
  const { HOME: _, NODE_COMPILE_CACHE: __, ...env } = process.env
  const child = spawn(process.execPath, [join(folder, 'bin/modelgate.js')], {
    cwd: elsewhere,
    env: home === undefined ? env : { ...env, HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...identity,
  })
  const [printed, complaints, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { printed: printed.trim(), complaints, code }
}

test('compiled code is kept in the home folder where it cannot be kept beside the code', async () => {
  const { printed, code } = await start(elsewhere)
  expect(code).toBe(0)
  expect(printed.startsWith(join(elsewhere, '.cache/modelgate/compiled'))).toBe(true)
})

test.each(['', 'relative'])('with HOME "%s" nothing is kept in the folder of the start', async (home) => {
  expect(await start(home)).toEqual({ printed: 'undefined', complaints: '', code: 0 })
  expect(await readdir(elsewhere)).toEqual([])
})

test.runIf(process.getuid?.() === 0)('who has no home folder starts as well', async () => {
  expect(await start(undefined, { uid: stranger })).toEqual({
    printed: 'undefined',
    complaints: '',
    code: 0,
  })
})
