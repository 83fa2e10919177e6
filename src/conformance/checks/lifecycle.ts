import assert from 'node:assert/strict'
import { everyFacet, lookUp } from '../../contract/facet-places.ts'
import { type NamingRule, textLength } from '../../contract/index.ts'
import { type Check, NotApplicable } from '../check.ts'
import { everyRead } from '../expectations/every-read.ts'
import { failure, soon } from '../expectations/expectations.ts'

const describeSource = 'modelgate/adapter: RegistryDescription'

export const lifecycleChecks: readonly Check[] = [
  {
    id: 'MG-LIFE-001',
    level: 'MUST',
    title: 'describe gives a whole description, whose patterns compile',
    needs: [],
    source: describeSource,
    why: 'The gateway decides by it what to offer and what to emulate.',
    async run({ adapter, call }) {
      const description = await adapter.describe(call())
      for (const level of Object.values(description.levels)) {
        assert.ok(['NATIVE', 'EMULATED', 'NONE'].includes(level), `the level ${level}`)
      }
      const levels = ['aliases', 'artifacts', 'compareAndSet', 'idempotency', 'runs', 'stages']
      const { tags: _, ...mandatory } = description.levels
      assert.deepEqual(Object.keys(mandatory).toSorted(), levels)
      const { tagValueMaxLength, tagValueUnit: __, source = null, ...rules } = description.naming
      assert.deepEqual(
        Object.keys(rules).toSorted(),
        ['alias', 'description', 'modelName', 'tagKey', 'tagValue'],
        'the rules',
      )
      for (const rule of [...Object.values(rules), source]) {
        if (rule === null) continue
        new RegExp(rule.pattern, 'u')
        assert.notEqual(rule.words, '', `the rule of ${rule.pattern} in words`)
      }
      assert.ok(tagValueMaxLength === null || tagValueMaxLength > 0, 'the length of tag values')
      assert.equal(typeof description.integerVersions, 'boolean')
      for (const list of [
        description.stages,
        description.pushedDownFilters,
        description.pushedDownOrders,
        description.notices,
      ]) {
        assert.ok(
          list.every((text) => typeof text === 'string' && text !== ''),
          'lists of texts',
        )
      }
      assert.deepEqual(structuredClone(description), description, 'it is plain data')
    },
  },
  {
    id: 'MG-LIFE-002',
    level: 'MUST',
    title: 'A level says NONE where the facet is missing, and nowhere else',
    needs: [],
    source: describeSource,
    why: 'What is shown as a capability has to be one.',
    async run({ adapter, description: { levels, stages } }) {
      assert.equal(levels.stages !== 'NONE', stages.length > 0, 'stages')
      for (const { path, row } of everyFacet) {
        const name = path.join('.')
        const isThere = lookUp(adapter, path) !== undefined
        for (const level of row.levels ?? []) {
          if (level === name) assert.equal(levels[level] !== 'NONE', isThere, level)
          else if (!isThere) assert.equal(levels[level], 'NONE', `${level} without ${name}`)
        }
      }
    },
  },
  {
    id: 'MG-LIFE-003',
    level: 'SHOULD',
    title: 'What the backend holds is legal by its own naming rules',
    needs: [],
    source: 'modelgate/adapter: NamingRules',
    why: 'Writes are refused by these rules before they are sent.',
    async run({ truth, description: { naming } }) {
      const matches = (rule: NamingRule | null, text: string, what: string) =>
        assert.ok(
          rule === null || new RegExp(rule.pattern, 'u').test(text),
          `${what} ${JSON.stringify(text)} does not match ${rule?.pattern}`,
        )
      const records = truth.versions.map(({ record }) => record)
      const tags = [...truth.models.flatMap((row) => row.tags), ...records.flatMap((row) => row.tags)]
      for (const { description } of [...truth.models, ...records])
        if (description !== null) matches(naming.description, description, 'the description')
      for (const { source: text } of records)
        if (text !== null) matches(naming.source ?? null, text, 'the source')
      for (const { name, aliases } of truth.models) {
        matches(naming.modelName, name, 'the name')
        for (const alias of aliases) matches(naming.alias, alias.name, 'the alias')
      }
      for (const { key, value } of tags) {
        matches(naming.tagKey, key, 'the tag key')
        matches(naming.tagValue, value, 'the tag value')
        assert.ok(
          naming.tagValueMaxLength === null ||
            textLength(value, naming.tagValueUnit) <= naming.tagValueMaxLength,
          'the length of a tag value',
        )
      }
    },
  },
  {
    id: 'MG-LIFE-004',
    level: 'MUST',
    title: 'health succeeds where reads do',
    needs: [],
    source: 'modelgate/adapter: Adapter.health',
    why: 'A circuit stays open while it fails.',
    run: async ({ adapter, call }) => adapter.health(call()),
  },
  {
    id: 'MG-LIFE-005',
    level: 'MUST',
    title: 'close may be called twice',
    needs: [],
    source: 'modelgate/adapter: Adapter.close',
    why: 'A shutdown that is signalled twice still ends cleanly.',
    async run({ connect, call }) {
      const adapter = await connect()
      await adapter.health(call())
      await adapter.close()
      await adapter.close()
    },
  },
  {
    id: 'MG-LIFE-009',
    level: 'MUST',
    title: 'close may be called twice at once, and on an adapter that was never used',
    needs: [],
    source: 'modelgate/adapter: Adapter.close',
    why: 'A start that fails half-way closes what it has connected, and a signal comes when it likes.',
    async run({ connect }) {
      const adapter = await connect()
      await Promise.all([adapter.close(), adapter.close()])
      await adapter.close()
    },
  },
  {
    id: 'MG-LIFE-006',
    level: 'MUST',
    title: 'A call after close fails with a RegistryError',
    needs: [],
    source: 'modelgate/adapter: Adapter.close',
    why: 'It is answered as an unreachable registry and not as a fault of the gateway.',
    async run({ connect, call, truth }) {
      const adapter = await connect()
      await adapter.close()
      for (const [what, read] of everyRead(adapter, truth))
        if (what !== 'describe') await failure(read(call()), what)
    },
  },
  {
    id: 'MG-LIFE-007',
    level: 'MUST',
    title: 'Reads need no describe first',
    needs: [],
    source: 'modelgate/adapter: Adapter.describe',
    why: 'The first request after a start may be any.',
    async run({ connect, call, truth }) {
      for (const [what] of everyRead(await connect(), truth)) {
        if (what === 'describe') continue
        const read = new Map(everyRead(await connect(), truth)).get(what)
        await read?.(call())
      }
    },
  },
  {
    id: 'MG-LIFE-008',
    level: 'MUST',
    title: 'close breaks off the calls under way',
    needs: ['hanging backend'],
    source: 'modelgate/adapter: Adapter.close',
    why: 'A shutdown must not wait for a backend that hangs.',
    async run({ connectHanging, call, truth }) {
      const adapter = await connectHanging()
      const [name] = truth.models
      if (name === undefined) throw new NotApplicable('what was stored holds no model')
      const asked = Promise.withResolvers<void>()
      const answer = adapter.models.get([name.name], call({ onRequest: asked.resolve }))
      answer.catch(() => {})
      await asked.promise
      await adapter.close()
      await soon(answer, 'models.get', 'the adapter was closed')
      await failure(answer, 'models.get')
    },
  },
]
