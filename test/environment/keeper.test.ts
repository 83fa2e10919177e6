import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { access, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startKeeper } from './keeper.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-keeper-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A server with a worker of its own, that writes both process ids into its log. */
const job = () => ({
  command: '/bin/sh',
  args: ['-c', 'sleep 300 & echo $$ $!; wait'],
  env: {},
  folder,
  logPath: join(folder, 'server.log'),
})

const processIds = () =>
  vi.waitFor(async () => {
    const ids = (await readFile(job().logPath, 'utf8')).trim().split(' ').map(Number)
    expect(ids).toHaveLength(2)
    return ids
  })

/** A zombie is dead too: in a container nobody may be there to collect it. */
const isAlive = (id: number): boolean => {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${id}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('startKeeper', () => {
  it('ends the whole process group and keeps the data when asked to stop', async () => {
    const keeper = startKeeper('process-keeper.ts', job())
    const ids = await processIds()
    expect(ids.map(isAlive)).toEqual([true, true])
    await keeper.stop()
    await vi.waitFor(() => expect(ids.map(isAlive)).toEqual([false, false]))
    await access(folder)
  })

  it('ends it and clears the data away when the run is killed', async () => {
    const script = `
      import { startKeeper } from ${JSON.stringify(new URL('./keeper.ts', import.meta.url).href)}
      startKeeper('process-keeper.ts', ${JSON.stringify(job())})
      setTimeout(() => {}, 60_000)`
    const run = spawn(process.execPath, ['--no-warnings', '--input-type=module-typescript', '-e', script])
    const ids = await processIds()
    run.kill('SIGKILL')
    await once(run, 'exit')
    await vi.waitFor(() => expect(ids.map(isAlive)).toEqual([false, false]), 5_000)
    await vi.waitFor(() => expect(access(folder)).rejects.toThrow('ENOENT'), 5_000)
  })

  it('ends when the server ends', async () => {
    const keeper = startKeeper('process-keeper.ts', { ...job(), args: ['-c', 'exit 3'] })
    await keeper.exited
    await expect(keeper.firstLine).rejects.toThrow('ended with 3')
  })

  it('says why a server cannot be started', async () => {
    const keeper = startKeeper('process-keeper.ts', { ...job(), command: join(folder, 'nothing') })
    await expect(keeper.firstLine).rejects.toThrow('ENOENT')
  })
})
