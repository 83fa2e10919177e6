import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Filter, textMatcher } from '../../../src/contract/index.ts'
import { exactly, parseModelPattern } from '../../../src/federation/permissions/model-pattern.ts'
import { PermissionView } from '../../../src/federation/permissions/permission-view.ts'
import { type Grant, lowest, reaches } from '../../../src/federation/records/permission.ts'
import type { NameFilter } from '../../../src/stores/name-filter.ts'
import { rounds } from '../../environment/rounds.ts'
import { grantLists, levels, names } from './arbitrary-grants.ts'
import { naiveLevel, naiveMatch } from './naive-level.ts'

const ann = { principal: 'user:ann', groups: ['group:one', 'group:two'] }
const numRuns = rounds(3000, 30_000)

function passes(filter: NameFilter, name: string): boolean {
  const inner = (part: Filter<{ kind: 'name' } & NameFilter>) => passes(part as NameFilter, name)
  switch (filter.kind) {
    case 'name':
      return textMatcher(filter.tests)(name)
    case 'not':
      return !inner(filter.filter as never)
    case 'and':
      return filter.filters.every((part) => inner(part as never))
    case 'or':
      return filter.filters.some((part) => inner(part as never))
  }
}

describe('which grant counts', () => {
  it('is what the rule says, word by word', () => {
    fc.assert(
      fc.property(grantLists, levels, levels, names, (grants, otherwise, atMost, name) => {
        const view = new PermissionView(grants, { ...ann, otherwise, atMost })
        for (const registry of ['dev', 'prod', 'other']) {
          const expected = lowest([naiveLevel(grants, ann, [registry, name], otherwise), atMost])
          expect(view.levelOf(registry, name)).toBe(expected)
          expect(view.sees(registry, name)).toBe(reaches(expected, 'READ'))
        }
      }),
      { numRuns },
    )
  })

  it('lets every visible name pass the filter, and says that nothing is hidden only where nothing is', () => {
    fc.assert(
      fc.property(grantLists, levels, fc.array(names, { maxLength: 5 }), (grants, otherwise, some) => {
        const view = new PermissionView(grants, { ...ann, otherwise, atMost: 'MANAGE' })
        const granted = grants.map(({ model }) => parseModelPattern(model).literals.join(''))
        for (const registry of ['dev', 'prod']) {
          const filter = view.nameFilter(registry)
          for (const name of [...some, ...granted]) {
            const isVisible = reaches(naiveLevel(grants, ann, [registry, name], otherwise), 'READ')
            if (isVisible && filter !== null) expect(passes(filter, name), `${registry} ${name}`).toBe(true)
            if (view.seesAll) expect(isVisible).toBe(true)
          }
        }
      }),
      { numRuns },
    )
  })

  it.each<[string, readonly Grant[], string]>([
    ['a name before a pattern', [given('fraud', 'READ'), given('frau*', 'EDIT')], 'READ'],
    ['a longer pattern', [given('f*', 'MANAGE'), given('fr*', 'READ')], 'READ'],
    ['a named registry', [given('f*', 'MANAGE', { registry: '*' }), given('f*', 'EDIT')], 'EDIT'],
    ['a length before a registry', [given('fr*', 'EDIT', { registry: '*' }), given('f*', 'READ')], 'EDIT'],
    ["one's own", [given('f*', 'MANAGE', { principal: 'group:one' }), given('f*', 'READ')], 'READ'],
    [
      'a registry before whose',
      [given('f*', 'READ', { principal: 'group:one' }), given('f*', 'EDIT', { registry: '*' })],
      'READ',
    ],
    [
      'the highest of groups',
      [given('f*', 'READ', { principal: 'group:one' }), given('f*', 'EDIT', { principal: 'group:two' })],
      'EDIT',
    ],
    ['the lowest of equal patterns', [given('f*', 'MANAGE'), given('*d', 'READ')], 'READ'],
    [
      'of equal patterns of groups',
      [
        given('f*', 'MANAGE', { principal: 'group:one' }),
        given('*d', 'NO_PERMISSIONS', { principal: 'group:one' }),
        given('f*', 'EDIT', { principal: 'group:two' }),
      ],
      'EDIT',
    ],
    ['nobody else', [given('*', 'MANAGE', { principal: 'user:bob' })], 'NO_PERMISSIONS'],
    [
      'a user and a group of one name apart',
      [given('*', 'MANAGE', { principal: 'user:one' })],
      'NO_PERMISSIONS',
    ],
  ])('%s', (_, grants, expected) => {
    const rules = { ...ann, otherwise: 'NO_PERMISSIONS', atMost: 'MANAGE' } as const
    expect(new PermissionView(grants, rules).levelOf('prod', 'fraud')).toBe(expected)
  })
})

describe('a pattern', () => {
  it('matches what a backtracking matcher does', () => {
    fc.assert(
      fc.property(names, names, (pattern, name) => {
        expect(parseModelPattern(pattern).matches(name)).toBe(naiveMatch(pattern, name))
      }),
      { numRuns },
    )
  })

  it('of one name stands for that name and no other, whatever is in it', () => {
    fc.assert(
      fc.property(names, names, (name, other) => {
        const pattern = parseModelPattern(exactly(name))
        expect(pattern.name).toBe(name)
        expect(pattern.matches(other)).toBe(other === name)
      }),
      { numRuns },
    )
  })

  it('takes no longer for many stars', () => {
    const pattern = parseModelPattern(`${'a*'.repeat(500)}b`)
    const startedAt = process.cpuUsage()
    expect(pattern.matches('a'.repeat(10_000))).toBe(false)
    expect(process.cpuUsage(startedAt).user).toBeLessThan(50_000)
  })
})

describe('what is asked of backends', () => {
  const filterOf = (grants: readonly Grant[], otherwise: 'READ' | 'NO_PERMISSIONS' = 'NO_PERMISSIONS') =>
    new PermissionView(grants, { ...ann, otherwise, atMost: 'MANAGE' }).nameFilter('prod')
  const test = (operator: string, value: unknown) => ({
    kind: 'name',
    tests: [{ operator, [operator === 'in' ? 'values' : 'value']: value, ignoreCase: false }],
  })

  it.each<[string, NameFilter | null, unknown]>([
    ['nothing where nothing is hidden', filterOf([given('f*', 'EDIT')], 'READ'), null],
    ['nothing by a grant on everything', filterOf([given('*', 'READ', { registry: '*' })]), null],
    ['no rows where nothing is visible', filterOf([]), { kind: 'or', filters: [] }],
    ['a beginning', filterOf([given('f*', 'READ')]), test('startsWith', 'f')],
    ['names', filterOf([given('f', 'READ'), given('g', 'EDIT')]), test('in', ['f', 'g'])],
    [
      'no name that a pattern has',
      filterOf([given('fraud', 'MANAGE'), given('f*', 'READ')]),
      test('startsWith', 'f'),
    ],
    [
      'no pattern that another holds',
      filterOf([given('fraud*', 'MANAGE'), given('f*', 'READ')]),
      test('startsWith', 'f'),
    ],
    [
      'what all have in common',
      filterOf([given('f-a*', 'READ'), given('f-b', 'READ')]),
      {
        kind: 'and',
        filters: [
          test('startsWith', 'f-'),
          { kind: 'or', filters: [test('startsWith', 'f-a'), test('eq', 'f-b')] },
        ],
      },
    ],
    [
      'all but a name',
      filterOf([given('f', 'NO_PERMISSIONS')], 'READ'),
      {
        kind: 'and',
        filters: [{ kind: 'not', filter: test('eq', 'f') }],
      },
    ],
    [
      'a beginning but for a longer one',
      filterOf([given('f*', 'READ'), given('fs*', 'NO_PERMISSIONS')]),
      {
        kind: 'and',
        filters: [test('startsWith', 'f'), { kind: 'not', filter: test('startsWith', 'fs') }],
      },
    ],
  ])('%s', (_, filter, expected) => expect(filter).toEqual(expected))
})

function given(model: string, permission: Grant['permission'], more: Partial<Grant> = {}): Grant {
  return { registry: 'prod', model, principal: 'user:ann', permission, ...more }
}
