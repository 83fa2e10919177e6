import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as mutations from './mutations.ts'
import { type OpenGateway, openGateway } from './open-gateway.ts'

/** Where the files of copies go when the same key comes to several gateways that know nothing of each other. */
export function describeCopyPlaces(title: string, destination: (folder: string) => object): void {
  describe(title, () => {
    const folder = mkdtempSync(join(tmpdir(), 'modelgate-places-'))
    const prefix = `places-${randomUUID().slice(0, 8)}`
    const opened: OpenGateway[] = []

    afterAll(async () => {
      for (const gateway of opened) await gateway.close()
      rmSync(folder, { recursive: true })
    })

    /** With a database of its own, as in CI; the files are where they were. */
    async function openFresh(): Promise<OpenGateway> {
      const local = { adapter: 'local', environment: 'dev', artifactFolder: join(folder, 'from') }
      const gateway = await openGateway({
        environments: ['dev'],
        registries: [
          { name: 'from', ...local },
          { name: 'to', environment: 'dev', ...destination(join(folder, 'to')) },
        ],
      })
      opened.push(gateway)
      for (const name of ['first', 'second', 'torn']) {
        await gateway.data(mutations.createVersion, {
          input: {
            model: { key: { registry: 'from', name } },
            createModel: true,
            source: pathToFileURL(join(folder, 'from', name)).href,
          },
        })
      }
      return gateway
    }

    const copy = (gateway: OpenGateway, model: string, idempotencyKey: string) =>
      gateway.ask(mutations.copyVersion, {
        input: {
          source: { key: { registry: 'from', model, version: '1' } },
          destination: { registry: 'to', name: `${prefix}-copy` },
          artifacts: 'COPY',
          idempotencyKey,
        },
      })
    /** What the version holds, by copying it back. */
    async function textOf(gateway: OpenGateway, version: string): Promise<string> {
      const name = `back-${randomUUID()}`
      const { copyModelVersion } = await gateway.data(mutations.copyVersion, {
        input: {
          source: { key: { registry: 'to', model: `${prefix}-copy`, version } },
          destination: { registry: 'from', name },
          artifacts: 'COPY',
        },
      })
      return copyModelVersion.modelVersion.digest
    }

    beforeAll(() => {
      for (const name of ['first', 'second']) {
        mkdirSync(join(folder, 'from', name), { recursive: true })
        writeFileSync(join(folder, 'from', name, 'model.txt'), name)
      }
    })

    it('a key that comes again to a gateway with a fresh database touches no version that is made', async () => {
      const first = await openFresh()
      const made = await copy(first, 'first', 'key')
      expect(made.errors).toBeUndefined()
      const { version, artifactUri, digest } = made.data.copyModelVersion.modelVersion
      expect(await textOf(first, version)).toBe(digest)

      const second = await openFresh()
      const refused = await copy(second, 'torn', 'key')
      expect(refused.errors).toHaveLength(1)
      expect(await textOf(first, version)).toBe(digest)
      const others = await copy(second, 'second', 'key')
      expect(others.errors).toBeUndefined()
      expect(others.data.copyModelVersion.modelVersion.artifactUri).not.toBe(artifactUri)
      expect(others.data.copyModelVersion.modelVersion.digest).not.toBe(digest)
      expect(await textOf(first, version)).toBe(digest)
    })
  })
}
