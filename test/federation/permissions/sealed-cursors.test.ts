import { expect, it } from 'vitest'
import { listModels } from '../../../src/federation/list/over-registries.ts'
import { fullAccess } from '../../../src/federation/session/access.ts'
import { CursorCodec } from '../../../src/federation/session/cursor.ts'
import { modelRequest } from '../doubles/list-request.ts'
import { openFederation, openSession } from '../doubles/open-federation.ts'
import { StoredRegistry } from '../doubles/stored-registry.ts'

const place = { values: [], registry: 'a', name: 'm', version: null, incomplete: false }
const textOf = (cursor: string) => Buffer.from(cursor, 'base64url').toString('latin1')

it('hold the place for nobody else to read, hints of registries too, at any length the same', () => {
  const codec = new CursorCodec(Buffer.from('key'))
  const position = { ...place, hints: { a: '437', ключ: '1' } }
  expect(textOf(codec.encode('d', position))).toContain('"437"')
  const sealed = codec.encode('d', position, true)
  expect(textOf(sealed)).not.toContain('437')
  expect(textOf(sealed)).not.toContain('"m"')
  expect(codec.decode('d', sealed)).toEqual(position)
  const other = codec.encode('d', { ...position, hints: { a: '5', ключ: '1' } }, true)
  expect(other).toHaveLength(sealed.length)
})

it('open what was sealed with their key and not altered, and nothing else', () => {
  const codec = new CursorCodec(Buffer.from('key'))
  const sealed = codec.seal('42')
  expect(codec.unseal(sealed)).toBe('42')
  expect(new CursorCodec(Buffer.from('key')).seal('42')).toBe(sealed)
  const bytes = Buffer.from(sealed, 'base64url')
  for (const index of [0, 15, 16, bytes.length - 1]) {
    const altered = Buffer.from(bytes)
    altered[index] = (altered[index] ?? 0) ^ 1
    expect(codec.unseal(altered.toString('base64url'))).toBeNull()
  }
  for (const other of ['', '42', new CursorCodec(Buffer.from('another')).seal('42')]) {
    expect(codec.unseal(other)).toBeNull()
  }
})

it('are given to whom something is hidden from, and page on', async () => {
  const stored = new StoredRegistry()
  for (let index = 0; index < 9; index++) stored.addModel(`m${index}`)
  const { adapter } = stored
  const list: typeof adapter.models.list = async (query, call) => {
    const page = await adapter.models.list(query, call)
    return { ...page, hints: page.items.map(({ name }) => `offset of ${name}`) }
  }
  const federation = openFederation({ a: { adapter: { ...adapter, models: { ...adapter.models, list } } } })
  const access = {
    ...fullAccess,
    isRestricted: true,
    admits: (_: string, name: string) => Number(name.slice(1)) % 2 === 0,
  }
  const open = (more: object) => openSession(federation, more)
  const cursorOf = async (more: object) => {
    const found = await listModels(open(more), { ...modelRequest, first: 2 })
    return found.cursors.cursorAt(1)
  }
  expect(textOf(await cursorOf({}))).toContain('offset of m1')
  const after = await cursorOf({ access })
  expect(textOf(after)).not.toContain('offset')
  const next = await listModels(open({ access }), { ...modelRequest, first: 2, after })
  expect(next.nodes.map(({ name }) => name)).toEqual(['m4', 'm6'])
})

it('of hidden rows are none: beyond so many of them a list is broken off, and says so', async () => {
  const stored = new StoredRegistry()
  for (let index = 0; index < 300; index++) stored.addModel(`m${String(index).padStart(3, '0')}`)
  const federation = openFederation({ a: stored }, { readBound: 200 })
  const access = { ...fullAccess, isRestricted: true, admits: (_: string, name: string) => name > 'm290' }
  const list = await listModels(openSession(federation, { access }), modelRequest)
  expect(list.sources).toMatchObject([{ state: 'ERROR', error: { code: 'LIMIT_EXCEEDED' } }])
  expect(list).toMatchObject({ complete: false, totalCount: null })
})
