import { expect, it } from 'vitest'
import { everyMember, lookUp } from '../../src/contract/facet-places.ts'
import { unusableAdapter } from '../../src/plug-ins/unusable-adapter.ts'

const reason = 'The plug-in acme.mjs has no licence.'

it.each(everyMember.filter(({ row }) => row.asks !== 'judgement' && row.asks !== 'fact'))(
  'says why it cannot be used where $operation is asked',
  async ({ path, name }) => {
    const ask = lookUp(unusableAdapter(reason), [...path, name]) as () => Promise<unknown>
    await expect(ask()).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      message: reason,
      nothingWritten: true,
    })
  },
)
