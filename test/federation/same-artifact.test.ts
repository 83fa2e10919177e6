import { describe, expect, it } from 'vitest'
import { diffVersions, isSameArtifact } from '../../src/federation/resolve/version-diff.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

const one = '1'.repeat(64)
const two = '2'.repeat(64)

describe('two versions whose digests', () => {
  it.each([
    ['are the same', `sha256-v2:${one}`, `sha256-v2:${one}`, true],
    ['are the same, of the old form', `sha256:${one}`, `sha256:${one}`, true],
    ['differ', `sha256-v2:${one}`, `sha256-v2:${two}`, false],
    ['differ, of the old form', `sha256:${one}`, `sha256:${two}`, false],
  ])('%s are told by them', async (_, from, to, expected) => {
    expect(await compare({ from, to })).toBe(expected)
  })

  it('are of two forms are told by where they come from', async () => {
    const digests = { from: `sha256:${one}`, to: `sha256-v2:${two}` }
    expect(await compare(digests)).toBe(false)
    expect(await compare({ ...digests, isCopy: true })).toBe(true)
  })
})

async function compare({ from, to, isCopy = false }: { from: string; to: string; isCopy?: boolean }) {
  const registry = new PlainRegistry()
  registry.addVersion('m', {}, { tags: new Map([['modelgate.digest', from]]) })
  const copied = isCopy ? { source: 'models:/m/1' } : {}
  registry.addVersion('m', {}, { tags: new Map([['modelgate.digest', to]]), ...copied })
  const session = openSession(openFederation({ main: registry }))
  const [first, second] = ['1', '2'].map(
    (version) => ({ kind: 'key', registry: 'main', model: 'm', version }) as const,
  )
  if (!first || !second) throw new Error('there are two')
  return isSameArtifact(session, diffVersions(session, first, second))
}
