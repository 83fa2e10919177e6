import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startMlflowStub } from '../environment/mlflow-stub.ts'
import { createFileSource } from '../state/database-source.ts'
import { holdWriteLock } from '../state/sqlite/held-file.ts'
import { describeRefusedWrites } from './refused-writes-suite.ts'

async function startUpstream() {
  const stub = await startMlflowStub()
  stub.store.addModel('upstream', { versions: [{}] })
  return { url: stub.url, model: 'upstream' }
}

describeRefusedWrites({
  name: 'is locked by another program',
  reason: 'busy',
  mlflow: startUpstream,
  takesWrites: false,
  async open() {
    const files = createFileSource()
    const url = await files.createUrl()
    let lock: { letGo(): void } | null = null
    return {
      url,
      async refuse() {
        lock = holdWriteLock(url)
      },
      async permit() {
        lock?.letGo()
      },
      dispose: files.dispose,
    }
  },
})

const folder = mkdtempSync(join(tmpdir(), 'modelgate-full-disk-'))
const mount = (path: string) => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', path])
const unmount = (path: string) => spawnSync('umount', [path])
const mounts = mount(folder).status === 0
if (mounts) unmount(folder)
rmSync(folder, { recursive: true })

if (mounts) {
  describeRefusedWrites({
    name: 'has a disk that is full',
    reason: 'its disk is full',
    mlflow: startUpstream,
    takesWrites: false,
    async open() {
      const disk = mkdtempSync(join(tmpdir(), 'modelgate-full-disk-'))
      mount(disk)
      const filler = join(disk, randomUUID())
      return {
        url: `sqlite:${join(disk, 'gateway.db')}`,
        async refuse() {
          expect(() => writeFileSync(filler, Buffer.alloc(2 ** 23))).toThrow(/ENOSPC/)
        },
        async permit() {
          rmSync(filler)
        },
        async dispose() {
          unmount(disk)
          rmSync(disk, { recursive: true })
        },
      }
    },
  })
} else {
  describe('a full disk', () => {
    test.skip('is not tried, as no file system can be mounted here', () => {})
  })
}
