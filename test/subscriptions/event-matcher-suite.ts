import { expect, it } from 'vitest'
import type { TextTest } from '../../src/contract/index.ts'
import { eventMatcher } from '../../src/federation/catalog/event-matcher.ts'
import type { History } from '../../src/federation/session/history.ts'
import { appendEvents } from '../../src/state/catalog/append-events.ts'
import { EventLog } from '../../src/state/catalog/event-log.ts'
import { catalogTables } from '../../src/state/catalog/tables.ts'
import { Random } from '../environment/random.ts'
import { type DatabaseSource, openFrom } from '../state/database-source.ts'

const texts = [
  '',
  'a',
  'A',
  'ab',
  'Ab',
  'straße',
  'STRASSE',
  'ı',
  'İ',
  'i',
  'I',
  '%',
  '_',
  'a_b',
  '😀',
  'x😀y',
  'ǆ',
  'ǅ',
]
const kinds = ['MODEL_CREATED', 'TAG_SET', 'ALIAS_SET', 'PERMISSION_CHANGED'] as const
const registries = ['one', 'two']

/** Of what is in mind the gateway takes what the database takes, whatever is asked. */
export function describeEventMatcher(source: DatabaseSource): void {
  it(`takes the same events as ${source.name}`, async () => {
    const database = await openFrom(source)
    try {
      const random = new Random(17)
      const perhaps = (values: readonly string[]) => (random.chance(0.2) ? null : random.pick(values))
      const events = Array.from({ length: 400 }, () => ({
        kind: random.pick(kinds),
        registry: random.pick(registries),
        model: random.pick(texts),
        version: null,
        key: perhaps(texts),
        before: null,
        after: null,
        at: 1,
        notBefore: null,
        certainty: 'RECORDED' as const,
        actor: perhaps(texts),
        requestId: null,
        comment: null,
      }))
      const tables = catalogTables.in(database)
      await tables.queries
        .transaction()
        .execute((queries) => appendEvents({ kind: database.kind, queries }, events))
      const history = new EventLog(database) as unknown as History
      const whole = { after: null, descending: false, from: null, to: null, version: null, limit: 1000 }
      const nothing = { kinds: null, registries: null, model: null, actor: null, key: null }
      const all = await history.events({ ...whole, ...nothing })
      expect(all).toHaveLength(400)
      let taken = 0
      for (let round = 0; round < 300; round++) {
        const filter = randomFilter(random)
        const found = (await history.events({ ...whole, ...filter })).map(({ seq }) => seq)
        expect(
          all.filter(eventMatcher(filter)).map(({ seq }) => seq),
          JSON.stringify(filter),
        ).toEqual(found)
        taken += found.length
      }
      expect(taken).toBeGreaterThan(1000)
    } finally {
      await database.close()
      await source.dispose()
    }
  }, 60_000)
}

function randomFilter(random: Random) {
  const maybe = <T>(make: () => T): T | null => (random.chance(0.6) ? null : make())
  const tests = () => Array.from({ length: random.chance(0.7) ? 1 : 2 }, () => randomTest(random))
  return {
    kinds: maybe(() => kinds.filter(() => random.chance(0.7))),
    registries: maybe(() => registries.filter(() => random.chance(0.7))),
    model: maybe(tests),
    actor: maybe(tests),
    key: maybe(tests),
  }
}

function randomTest(random: Random): TextTest {
  const ignoreCase = random.chance(0.5)
  const operator = random.pick(['eq', 'ne', 'contains', 'startsWith', 'endsWith', 'in'] as const)
  if (operator === 'in') return { operator, values: [random.pick(texts), random.pick(texts)], ignoreCase }
  return { operator, value: random.pick(texts), ignoreCase }
}
