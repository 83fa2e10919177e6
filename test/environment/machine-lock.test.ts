import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withMachineLock } from './machine-lock.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('withMachineLock', () => {
  it('lets one in at a time', async () => {
    const path = join(folder, 'lock')
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise(setImmediate)
      inside -= 1
    }
    await Promise.all([1, 2, 3].map(() => withMachineLock(path, work, { pollMs: 5 })))
    expect(most).toBe(1)
  })

  it('waits for another process, and gets the lock when that is killed', async () => {
    const path = join(folder, 'lock')
    const script = `
      import { withMachineLock } from ${JSON.stringify(new URL('./machine-lock.ts', import.meta.url).href)}
      await withMachineLock(${JSON.stringify(path)}, async () => {
        console.log('held')
        await new Promise((resolve) => setTimeout(resolve, 60_000))
      })`
    const holder = spawn(process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', script])
    await once(holder.stdout, 'data')
    let waited = false
    const onWait = () => {
      waited = true
      holder.kill('SIGKILL')
    }
    expect(await withMachineLock(path, async () => 'mine', { pollMs: 5, onWait })).toBe('mine')
    expect(waited).toBe(true)
  })
})
