import { beforeEach, describe, expect, it } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import type { Federation } from '../../src/federation/session/federation.ts'
import { copyVersion } from './doubles/carry-out-by-name.ts'
import { openFederation, openSession } from './doubles/open-federation.ts'
import { PlainRegistry } from './doubles/plain-registry.ts'

let from: PlainRegistry
let to: PlainRegistry
let ids: string[]

beforeEach(() => {
  from = new PlainRegistry()
  to = new PlainRegistry()
  from.addVersion('m', { 'a.txt': 'one' })
  ids = []
  to.imports = (imports) => ({
    begin(transfer, call) {
      ids.push(transfer.id)
      return imports.begin(transfer, call)
    },
  })
})

const copy = (federation: Federation, idempotencyKey: string | null = 'key') =>
  copyVersion(openSession(federation), {
    source: { kind: 'key', registry: 'from', model: 'm', version: '1' },
    destination: { registry: 'to', name: 'copy' },
    artifacts: 'COPY',
    tags: [],
    idempotencyKey,
  })
const start = () => openFederation({ from, to })
const filesOf = (version: number) => {
  const files = to.store.files.get(to.versionsOf('copy')[version - 1]?.place ?? '') ?? new Map()
  return Object.fromEntries([...files].map(([path, bytes]) => [path, String(Buffer.from(bytes))]))
}
const timeout = () => new RegistryError('REGISTRY_TIMEOUT', 'No answer.')

function breakOnce(isWritten: boolean): void {
  to.meddle = async (operation, write) => {
    if (operation !== 'versions.create') return write()
    to.meddle = (_, others) => others()
    if (isWritten) await write()
    throw timeout()
  }
}

describe('the place for the files of a copy', () => {
  it('is the same when the copy is tried again under its key', async () => {
    const federation = start()
    breakOnce(false)
    await expect(copy(federation)).rejects.toThrow('No answer.')
    expect(await copy(federation)).toMatchObject({ version: '1' })
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(filesOf(1)).toEqual({ 'a.txt': 'one' })
  })

  it('is another one without a record, and without a key', async () => {
    await copy(start())
    await copy(start())
    await copy(start(), null)
    expect(new Set(ids).size).toBe(3)
  })

  it('is another one after a refusal that has freed the key', async () => {
    const federation = start()
    to.meddle = async (operation, write) => {
      if (operation !== 'versions.create') return write()
      to.meddle = (_, others) => others()
      throw new RegistryError('BAD_USER_INPUT', 'Not so.')
    }
    await expect(copy(federation)).rejects.toThrow('Not so.')
    await copy(federation)
    expect(new Set(ids).size).toBe(2)
  })
})

describe.each([true, false])('a copy that was made unseen (keeps keys: %s)', (keepsKeys) => {
  beforeEach(() => {
    to.keepsKeys = keepsKeys
  })

  it('is answered as it is, however the original has changed since', async () => {
    const federation = start()
    breakOnce(true)
    await expect(copy(federation)).rejects.toThrow('No answer.')
    from.store.files.set(from.versionsOf('m')[0]?.place ?? '', new Map([['a.txt', Buffer.from('two')]]))
    expect(await copy(federation)).toMatchObject({ version: '1', createdModel: true })
    expect(filesOf(1)).toEqual({ 'a.txt': 'one' })
    expect(to.versionsOf('copy')).toHaveLength(1)
  })

  it('keeps its files when it is not recognised any more, and the original cannot be read', async () => {
    const federation = start()
    breakOnce(true)
    await expect(copy(federation)).rejects.toThrow('No answer.')
    to.versionsOf('copy')[0]?.tags.set('edited', 'since')
    from.exports = { read: () => Promise.reject(new RegistryError('REGISTRY_UNAVAILABLE', 'Gone.')) }
    await expect(copy(federation)).rejects.toMatchObject({ error: { code: 'ALREADY_EXISTS' } })
    expect(filesOf(1)).toEqual({ 'a.txt': 'one' })
  })
})
