import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { RegistryError } from '../../src/contract/index.ts'
import { openGatewayDatabase } from '../../src/gateway/open-database.ts'
import type { GatewayDatabase } from '../../src/state/database.ts'
import { Leases } from '../../src/state/write-coordination/leases.ts'
import { writeCoordinationTables } from '../../src/state/write-coordination/tables.ts'
import { type DatabaseSource, silent } from './database-source.ts'

/** Two gateways on one database. */
export function describeLeases(source: DatabaseSource): void {
  describe(`leases on ${source.name}`, () => {
    let databases: readonly [GatewayDatabase, GatewayDatabase]
    let one: Leases
    let other: Leases

    beforeEach(async () => {
      const url = await source.createUrl()
      databases = [
        await openGatewayDatabase(url, { log: silent }),
        await openGatewayDatabase(url, { log: silent }),
      ]
      one = new Leases(databases[0], { log: silent })
      other = new Leases(databases[1], { log: silent })
    })
    afterEach(() => Promise.all(databases.map((database) => database.close())))
    afterAll(() => source.dispose())

    const queriesOf = (index: 0 | 1) => writeCoordinationTables.in(databases[index]).queries
    const rows = () => queriesOf(0).selectFrom('lease').select(['name', 'holder']).execute()
    const takeOver = () => queriesOf(1).updateTable('lease').set({ holder: 'another' }).execute()
    /** Holds until told otherwise. */
    const hold = async (leases: Leases, name: string) => {
      const entered = Promise.withResolvers<AbortSignal>()
      const { promise: end, resolve: leave } = Promise.withResolvers<void>()
      const done = leases.run(name, 5000, (lost) => {
        entered.resolve(lost)
        return end
      })
      done.catch(entered.reject)
      return { lost: await entered.promise, leave, done }
    }

    test('have one holder at a time, over processes, and everybody gets a turn', async () => {
      let inside = 0
      let most = 0
      const left: number[] = []
      const work = async (index: number) => {
        most = Math.max(most, ++inside)
        await wait(1)
        inside--
        left.push(index)
        return index * 2
      }
      const asked = Array.from({ length: 50 }, (_, index) => index)
      const answers = await Promise.all(
        asked.map((index) => (index % 2 === 0 ? one : other).run('x', 20_000, () => work(index))),
      )
      expect(most).toBe(1)
      expect(answers).toEqual(asked.map((index) => index * 2))
      // Within a process first come, first served; which process is next is left to chance.
      const ofProcess = (rest: number) => left.filter((index) => index % 2 === rest)
      expect(ofProcess(0)).toEqual(asked.filter((index) => index % 2 === 0))
      expect(ofProcess(1)).toEqual(asked.filter((index) => index % 2 === 1))
      expect(await rows()).toEqual([])
    })

    test('of different names do not wait for each other', async () => {
      const held = await hold(one, 'a "name"')
      expect(await one.run('another', 1000, async () => 'at once')).toBe('at once')
      expect(await other.run('A "NAME"', 1000, async () => 'too')).toBe('too')
      held.leave()
      await held.done
    })

    test.each(['the same process', 'another process'])(
      'held by %s in vain time out, and nothing was done',
      async (by) => {
        const held = await hold(one, 'x')
        let begun = false
        const error = await (by === 'another process' ? other : one)
          .run('x', 60, async () => {
            begun = true
          })
          .catch((thrown: unknown) => thrown)
        expect(RegistryError.is(error)).toBe(true)
        expect(error).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: true, retryable: true })
        expect(begun).toBe(false)
        expect(held.lost.aborted).toBe(false)
        held.leave()
        await held.done
        expect(await other.run('x', 1000, async () => 'free')).toBe('free')
        expect(await one.run('x', 1000, async () => 'free')).toBe('free')
      },
    )

    test('let those go on who stand behind one that gave up', async () => {
      const held = await hold(one, 'x')
      const impatient = one.run('x', 30, async () => 'never').catch(({ code }: RegistryError) => code)
      const patient = one.run('x', 5000, async () => 'in turn')
      expect(await impatient).toBe('REGISTRY_TIMEOUT')
      held.leave()
      expect(await patient).toBe('in turn')
      await held.done
    })

    test('are kept for as long as the work lasts, however short they are', async () => {
      const brief = new Leases(databases[0], { log: silent, holdMs: 400 })
      const held = await hold(brief, 'x')
      await expect(other.run('x', 1500, async () => 'too early')).rejects.toMatchObject({
        code: 'REGISTRY_TIMEOUT',
      })
      expect(held.lost.aborted).toBe(false)
      held.leave()
      await held.done
    })

    test('of a process that died run out', async () => {
      // What a killed process leaves behind: a row that nobody renews.
      await new Leases(databases[0], { log: silent, holdMs: 150 }).run('x', 1000, async () => {
        await queriesOf(1).updateTable('lease').set({ holder: 'the dead' }).execute()
      })
      expect(await rows()).toEqual([{ name: expect.any(String), holder: 'the dead' }])
      await expect(other.run('x', 1, async () => 'too early')).rejects.toMatchObject({
        code: 'REGISTRY_TIMEOUT',
      })
      const startedAt = performance.now()
      expect(await other.run('x', 5000, async () => 'inherited')).toBe('inherited')
      expect(performance.now() - startedAt).toBeLessThan(3000)
      expect(await rows()).toEqual([])
    })

    test('tell their holder when somebody else has them, and leave them to him', async () => {
      const brief = new Leases(databases[0], { log: silent, holdMs: 400 })
      const held = await hold(brief, 'x')
      await takeOver()
      if (!held.lost.aborted) await once(held.lost, 'abort')
      expect(held.lost.reason).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: false })
      held.leave()
      await held.done
      expect(await rows()).toEqual([{ name: expect.any(String), holder: 'another' }])
    })

    test('are given back by work that fails, which fails as it failed', async () => {
      const failure = new Error('on purpose')
      await expect(one.run('x', 1000, () => Promise.reject(failure))).rejects.toBe(failure)
      await expect(
        one.run('x', 1000, () => {
          throw failure
        }),
      ).rejects.toBe(failure)
      expect(await rows()).toEqual([])
      expect(await other.run('x', 1000, async () => 'free')).toBe('free')
    })

    test('without their database nothing is begun', async () => {
      await databases[0].close()
      let begun = false
      const failing = one.run('x', 1000, async () => {
        begun = true
      })
      await expect(failing).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', nothingWritten: true })
      expect(begun).toBe(false)
    })

    test('tell their holder when the database is gone for longer than they last', async () => {
      const brief = new Leases(databases[0], { log: silent, holdMs: 400 })
      const held = await hold(brief, 'x')
      await databases[0].close()
      const startedAt = performance.now()
      if (!held.lost.aborted) await once(held.lost, 'abort')
      expect(performance.now() - startedAt).toBeLessThan(3000)
      expect(held.lost.reason).toMatchObject({ code: 'REGISTRY_TIMEOUT', nothingWritten: false })
      held.leave()
      expect(await held.done).toBeUndefined()
      expect(await other.run('x', 5000, async () => 'inherited')).toBe('inherited')
    })

    test.each(['x'.repeat(4000), '模'.repeat(4000), '\0\ud83d'])(
      'may be of any name a client makes up: %#',
      async (name) => {
        const held = await hold(one, name)
        await expect(other.run(name, 30, async () => 'too early')).rejects.toMatchObject({
          code: 'REGISTRY_TIMEOUT',
        })
        expect(await other.run(`${name}!`, 1000, async () => 'another')).toBe('another')
        held.leave()
        await held.done
      },
    )

    test.each([1, -1])('are not lost and not kept by a wall clock that jumps by %i hours', async (hours) => {
      const brief = new Leases(databases[0], { log: silent, holdMs: 200 })
      const held = await hold(brief, 'x')
      const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + hours * 60 * 60 * 1000)
      await expect(other.run('x', 500, async () => 'too early')).rejects.toMatchObject({
        code: 'REGISTRY_TIMEOUT',
      })
      expect(held.lost.aborted).toBe(false)
      await databases[0].close()
      const startedAt = performance.now()
      if (!held.lost.aborted) await once(held.lost, 'abort')
      expect(performance.now() - startedAt).toBeLessThan(3000)
      now.mockRestore()
      held.leave()
      await held.done
    })

    test('tell their holder when the database does not answer any more, and wait for it no longer', async () => {
      let isSilent = false
      const queries = databases[0].queries.withPlugin({
        transformQuery: ({ node }) => node,
        transformResult: ({ result }) => (isSilent ? new Promise(() => {}) : Promise.resolve(result)),
      })
      const brief = new Leases({ ...databases[0], queries }, { log: silent, holdMs: 80 })
      const held = await hold(brief, 'x')
      isSilent = true
      const startedAt = performance.now()
      if (!held.lost.aborted) await once(held.lost, 'abort')
      held.leave()
      expect(await held.done).toBeUndefined()
      expect(performance.now() - startedAt).toBeLessThan(3000)
    })
  })
}
