import { describe, expect, it } from 'vitest'
import { createFleet } from '../../bench/fleet/fleet.ts'

describe('a generated fleet', () => {
  const registries = createFleet(1000, 'whole')

  it('has ten registries, of a hundred models and ten times as many versions each', () => {
    expect(registries).toHaveLength(10)
    for (const registry of registries) {
      const counts = Array.from({ length: registry.models }, (_, model) => registry.versionCount(model))
      expect([registry.models, counts.reduce((sum, count) => sum + count)]).toEqual([100, 1000])
    }
  })

  it('gives no two models of a registry, and of a large one, the same name', () => {
    const [large] = createFleet(100_000, 'whole')
    const names = Array.from({ length: 10_000 }, (_, model) => large?.nameOf(model))
    expect(new Set(names).size).toBe(10_000)
  })

  it('gives no two versions of a large registry the same run', () => {
    const [large] = createFleet(100_000, 'whole')
    const runs = Array.from({ length: 10_000 }, (_, model) =>
      Array.from({ length: large?.versionCount(model) ?? 0 }, (__, index) =>
        large?.runIdOf(model, index + 1),
      ),
    ).flat()
    expect(new Set(runs).size).toBe(100_000)
    expect(new Set(runs.map((id) => id?.length))).toEqual(new Set([32]))
  })

  it('gives models of one region the same names in all environments, and versions of their own', () => {
    const [dev, staging] = [registries[0], registries[4]]
    expect(dev?.nameOf(7)).toBe(staging?.nameOf(7))
    expect(dev?.version(7, 1)).not.toEqual(staging?.version(7, 1))
  })

  it('is the same whenever it is made', () => {
    const [again] = createFleet(1000, 'whole')
    expect(again?.model(3)).toEqual(registries[0]?.model(3))
    expect(again?.version(3, 1)).toEqual(registries[0]?.version(3, 1))
    expect(again?.run(3, 1)).toEqual(registries[0]?.run(3, 1))
  })

  it('describes in 6 to 19 words, with ten tags and ten metrics', () => {
    for (const registry of registries) {
      for (let model = 0; model < registry.models; model++) {
        const { description, tags } = registry.version(model, 1)
        const words = description?.split(' ').length ?? 0
        expect(words).toBeGreaterThanOrEqual(6)
        expect(words).toBeLessThanOrEqual(19)
        expect(tags).toHaveLength(10)
      }
    }
    expect(registries[0]?.run(0, 1).metrics).toHaveLength(10)
  })

  it('says in its plain shape no more than name, description, five tags and an alias', () => {
    const [plain] = createFleet(1000, 'plain')
    expect(plain?.version(0, 2)).toMatchObject({ runId: null, source: null, stage: null })
    expect(plain?.version(0, 2).tags).toHaveLength(5)
    expect(plain?.model(0).aliases).toHaveLength(10)
  })
})
