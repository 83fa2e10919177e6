import { expect, it } from 'vitest'
import { everyWrite } from '../../src/conformance/expectations/every-write.ts'
import type { Adapter } from '../../src/contract/index.ts'
import { createMemoryStore } from './memory/memory-store.ts'
import { createMemoryAdapter } from './memory-adapter.ts'

it('the kit knows every write that an adapter may have', () => {
  const { writes, copies, imports } = createMemoryAdapter(
    createMemoryStore({ prefix: '', models: [], runs: [] }),
  )
  const namesOf = (facet: string, members: object) => Object.keys(members).map((name) => `${facet}.${name}`)
  const all = [
    ...Object.entries(writes).flatMap(([facet, members]) => namesOf(facet, members)),
    ...namesOf('copies', copies),
    ...namesOf('imports', imports),
  ]
  const targets = {
    version: { model: 'model', version: '1' },
    source: 's3://bucket/model',
    stage: 'Staging',
    newName: 'new',
    otherName: 'other',
  }
  const known = everyWrite({ writes, copies, imports } as unknown as Adapter, targets).map(([name]) => name)
  expect(known.toSorted()).toEqual(all.toSorted())
})
