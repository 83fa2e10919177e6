import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'

const runner = new URL('../../bin/run-program.js', import.meta.url).href

let folder: string
let place: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-program-'))
  place = join(folder, 'kept')
  await mkdir(place)
  await writeFile(
    join(folder, 'run.js'),
    `import(${JSON.stringify(runner)}).then(({ runProgram }) => runProgram(${JSON.stringify(join(folder, 'main.js'))}))`,
  )
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A program whose digest is told, and what it prints when it runs. */
async function program(digest: string, printed: string, end = ''): Promise<void> {
  const code = `(function (require) { const say = () => console.log('${printed}'); say(); ${end} })`
  await writeFile(join(folder, 'main.js'), `/*${digest}*/${code}`)
}

async function run(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [join(folder, 'run.js'), ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: place },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return printed.trim()
}

async function kept(): Promise<string[]> {
  const files = await readdir(place, { recursive: true, withFileTypes: true })
  return files
    .filter(({ name }) => name.startsWith('start-'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

async function onlyKept(): Promise<string> {
  const files = await kept()
  expect(files).toHaveLength(1)
  return files[0] as string
}

test('a start that ended well leaves what it has compiled, and the next one takes it', async () => {
  await program('abc', 'hello')
  expect(await run('start')).toBe('hello')
  const { ino } = await stat(await onlyKept())
  expect(await run('start')).toBe('hello')
  expect((await stat(await onlyKept())).ino).toBe(ino)
})

test('other commands leave nothing, and neither does a start that failed', async () => {
  await program('abc', 'hello', 'process.exitCode = 1')
  await run('start')
  await run('check')
  await run()
  expect(await kept()).toEqual([])
})

test('another program of the same length is another one', async () => {
  await program('abc', 'hello')
  await run('start')
  await program('def', 'world')
  expect(await run('start')).toBe('world')
  expect(await kept()).toHaveLength(2)
})

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, 100)],
  ['empty', () => Buffer.alloc(0)],
  ['changed', (bytes: Buffer) => Buffer.from(bytes).fill(0, 200, 300)],
])('what is %s is not taken, and made anew', async (_, damage) => {
  await program('abc', 'hello')
  await run('start')
  const file = await onlyKept()
  const whole = await readFile(file)
  await writeFile(file, damage(whole))
  expect(await run('start')).toBe('hello')
  expect((await readFile(await onlyKept())).length).toBe(whole.length)
})

test('what cannot be kept leaves nothing behind', async () => {
  await program('abc', 'hello')
  await run('start')
  const file = await onlyKept()
  await rm(file)
  await mkdir(file)
  expect(await run('start')).toBe('hello')
  expect(await kept()).toEqual([file])
})

test('without a folder for compiled code it runs all the same', async () => {
  await program('abc', 'hello')
  await rm(place, { recursive: true })
  await writeFile(place, '')
  expect(await run('start')).toBe('hello')
})
