import { expect, it, vi } from 'vitest'
import { type ClaimStore, LogicalUpkeep } from '../../src/federation/logical/logical-upkeep.ts'
import { Environments } from '../../src/federation/session/environments.ts'
import { silent } from '../state/database-source.ts'

function keep(store: ClaimStore): LogicalUpkeep {
  const registries = [{ name: 'lab', environment: 'dev' }]
  return new LogicalUpkeep(store, new Environments(['dev'], []), registries, silent, 10)
}

it('goes on with what a process that ended has left', async () => {
  let left = 0
  const adopt = vi.fn(async () => {})
  const upkeep = keep({ adopt, recompute: async () => --left < 0 })
  upkeep.start()
  await vi.waitFor(() => expect(left).toBeLessThan(0))
  left = 3
  await vi.waitFor(() => expect(left).toBeLessThan(0))
  expect(adopt).toHaveBeenCalledTimes(1)
  await upkeep.close()
})

it('adopts its rules as soon as the database takes them, and ends at once', async () => {
  const adopt = vi.fn(async () => {})
  adopt.mockRejectedValueOnce(new Error('It is away.'))
  const recompute = vi.fn(async () => true)
  const upkeep = keep({ adopt, recompute })
  upkeep.start()
  await vi.waitFor(() => expect(recompute).toHaveBeenCalled())
  expect(adopt).toHaveBeenCalledTimes(2)
  await upkeep.close()
  const looks = recompute.mock.calls.length
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(recompute).toHaveBeenCalledTimes(looks)
})
