import { buildSchema, type GraphQLField, getNamedType, isCompositeType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { abilities, abilityOf } from '../../src/federation/permissions/abilities.ts'
import { toNodeId } from '../../src/federation/records/node-id.ts'
import { reaches } from '../../src/federation/records/permission.ts'
import { assertEveryFieldHasRule, fieldAbilities } from '../../src/graphql/field-abilities.ts'
import { loadTypeDefinitions } from '../../src/graphql/schema.ts'
import { connect, listen } from '../subscriptions/listen.ts'
import { everyMutation, type Thing } from './every-mutation.ts'
import { boss, nobody, openPermitted, type PermittedGateway } from './open-permitted.ts'
import { type Cell, cells, digestOfAll, grantsOf, seedModel } from './permission-matrix.ts'

const schema = buildSchema(loadTypeDefinitions())
const [target, absent] = ['target-taken', 'target-empty']

let gateway: PermittedGateway

beforeAll(async () => {
  const registry = { adapter: 'local', environment: 'prod' }
  gateway = await openPermitted({
    environments: ['prod', 'later'],
    registries: [
      { ...registry, name: 'prod' },
      { ...registry, name: 'copies' },
    ],
    auth: {},
  })
  await seedModel(gateway.database, 'prod', target)
  await seedModel(gateway.database, 'prod', 'other')
  const change = `{ model: { key: { registry: "prod", name: "${target}" } }, description: "Secret." }`
  await gateway.data(boss, `mutation { updateModel(input: ${change}) { __typename } }`)
  await gateway.data(
    boss,
    `mutation { updateModel(input: ${change.replace('Secret', 'Told')}) { __typename } }`,
  )
  await gateway.data(
    boss,
    `mutation { updateModel(input: ${change.replace(target, 'other')}) { __typename } }`,
  )
  const of = `model: { key: { registry: "prod", name: "${target}" } }`
  await gateway.data(
    boss,
    `mutation { updateModel(input: { ${of}, description: "Secret." }) { __typename } }`,
  )
  for (const cell of cells) await allow(cell, target)
  await gateway.sync()
})
afterAll(() => gateway.close())

async function allow(cell: Cell, model: string): Promise<void> {
  for (const grant of grantsOf(cell, model)) await gateway.permissions.set(grant)
}

it('has a rule for every field, and none for what is not there', () => {
  expect(() => assertEveryFieldHasRule(schema)).not.toThrow()
  for (const path of fieldAbilities.keys()) {
    const [type = '', field = ''] = path.split('.')
    expect((schema.getType(type) as { getFields?(): object })?.getFields?.(), path).toHaveProperty(field)
  }
  const more = buildSchema(
    `${loadTypeDefinitions()} extend type Query { secrets: String } extend type Tag { by: Int }`,
  )
  expect(() => assertEveryFieldHasRule(more)).toThrow('Query.secrets, Tag.by')
})

const version = 'modelVersion(registry: "prod", model: $name, version: "1")'
const key = '{ key: { registry: "prod", model: $name, version: "1" } }'
const search = 'search(registries: ["prod"], text: $name)'
const logical = 'logicalModel(name: $name)'
const drift = 'drift(alias: "champion", from: "later", to: "prod", where: { name: { eq: $name } })'
const report = 'aliasReport(alias: "champion", metric: "auc", where: { name: { eq: $name } })'
const logicals = 'logicalModels(where: { name: { eq: $name } })'
const diff = `compareVersions(from: ${key}, to: ${key})`

/** How one comes to an object of a type that belongs to the model `$name`. */
const ways: Readonly<Record<string, (selection: string) => string>> = {
  Model: (of) => `model(registry: "prod", name: $name) { ${of} }`,
  ModelConnection: (of) => `models(registries: ["prod"], where: { name: { eq: $name } }) { ${of} }`,
  ModelEdge: (of) => `registry(name: "prod") { models(where: { name: { eq: $name } }) { edges { ${of} } } }`,
  ModelGroups: (of) => `modelGroups(by: { tag: "team" }, where: { name: { eq: $name } }) { ${of} }`,
  ModelGroup: (of) => `modelGroups(by: { tag: "team" }, where: { name: { eq: $name } }) { groups { ${of} } }`,
  ModelVersion: (of) => `${version} { ${of} }`,
  ModelVersionConnection: (of) => `modelVersions(where: { model: { eq: $name } }) { ${of} }`,
  ModelVersionEdge: (of) => `modelVersions(where: { model: { eq: $name } }) { edges { ${of} } }`,
  Tag: (of) => `${version} { tags { ${of} } }`,
  Alias: (of) => `model(registry: "prod", name: $name) { aliases { ${of} } }`,
  AliasMoment: (of) =>
    `model(registry: "prod", name: $name) { aliasAt(name: "champion", at: "2026-01-01T00:00:00Z") { ${of} } }`,
  Event: (of) => `model(registry: "prod", name: $name) { events { nodes { ${of} } } }`,
  EventEdge: (of) => `model(registry: "prod", name: $name) { events { edges { ${of} } } }`,
  EventConnection: (of) => `model(registry: "prod", name: $name) { events { ${of} } }`,
  SearchConnection: (of) => `${search} { ${of} }`,
  SearchEdge: (of) => `${search} { edges { ${of} } }`,
  Highlight: (of) => `${search} { edges { highlights { ${of} } } }`,
  Run: (of) => `${version} { run { ${of} } }`,
  RunDataset: (of) => `${version} { run { datasets { ${of} } } }`,
  Metric: (of) => `${version} { metrics { ${of} } }`,
  Param: (of) => `${version} { params { ${of} } }`,
  ArtifactConnection: (of) => `${version} { artifacts { ${of} } }`,
  ArtifactEdge: (of) => `${version} { artifacts { edges { ${of} } } }`,
  Artifact: (of) => `${version} { artifacts { nodes { ${of} } } }`,
  LineageHop: (of) => `${version} { lineage { ${of} } }`,
  LogicalModel: (of) => `${logical} { ${of} }`,
  LogicalMember: (of) => `${logical} { members { ${of} } }`,
  LogicalModelConnection: (of) => `${logicals} { ${of} }`,
  LogicalModelEdge: (of) => `${logicals} { edges { ${of} } }`,
  DriftFinding: (of) => `${drift} { ${of} }`,
  AliasMatrix: (of) => `${logical} { alias(name: "champion") { ${of} } }`,
  AliasReport: (of) => `${report} { ${of} }`,
  AliasReportRow: (of) => `${report} { rows { ${of} } }`,
  AliasCell: (of) => `${logical} { alias(name: "champion", metrics: ["auc"]) { cells { ${of} } } }`,
  VersionDiff: (of) => `${diff} { ${of} }`,
  NumberDiff: (of) => `${diff} { metrics { ${of} } }`,
  TextDiff: (of) => `${diff} { params { ${of} } tags { ${of} } }`,
}

/** What belongs to no model, and so is there for everybody. */
const open: Readonly<Record<string, (selection: string) => string>> = {
  Viewer: (of) => `viewer { ${of} }`,
  Registry: (of) => `registry(name: "prod") { ${of} }`,
  RegistryCapabilities: (of) => `registry(name: "prod") { capabilities { ${of} } }`,
  NamingRules: (of) => `registry(name: "prod") { capabilities { naming { ${of} } } }`,
  RegistryHealth: (of) => `registry(name: "prod") { health { ${of} } }`,
  CatalogStatus: (of) => `registry(name: "prod") { catalog { ${of} } }`,
  Environment: (of) => `environments { ${of} }`,
  PageInfo: (of) => `models(where: { name: { eq: "nobody's" } }) { pageInfo { ${of} } }`,
  SourceStatus: (of) => `models(where: { name: { eq: "nobody's" } }) { sources { ${of} } }`,
  SourceError: (of) => `models(where: { name: { eq: "nobody's" } }) { sources { error { ${of} } } }`,
}

/** What of it is another for each. */
const openAnswers: Readonly<Record<string, (cell: Cell, ofBoss: object) => object>> = {
  Viewer: ({ who }) => ({ viewer: expect.objectContaining({ principal: who.principal }) }),
  // How many there are in all is for those who may see all of them.
  CatalogStatus: (_, ofBoss) => {
    const { catalog } = (ofBoss as { registry: { catalog: object } }).registry
    const counts = { models: expect.toBeOneOf([2, null]), versions: expect.toBeOneOf([2, null]) }
    return { registry: { catalog: { ...catalog, ...counts } } }
  },
}

/** A query field with all that it takes, about the model `$name`. */
const queryFields: Readonly<Record<string, string>> = {
  changes: 'changes(where: { model: { eq: $name } }, first: 1) { nodes { model } }',
  node: 'node(id: $id) { __typename id }',
  nodes: 'nodes(ids: [$id, $versionId]) { __typename id }',
  models: 'models(where: { name: { eq: $name } }) { totalCount nodes { name } pageInfo { endCursor } }',
  modelVersions:
    'modelVersions(where: { model: { eq: $name } }) { totalCount nodes { id } pageInfo { endCursor } }',
  modelGroups:
    'modelGroups(by: { nameBefore: "-" }, where: { name: { eq: $name } }) { groups { key models } complete }',
  model: 'model(registry: "prod", name: $name) { name }',
  modelVersion: `${version} { version }`,
  resolveModelUri: 'resolveModelUri(uri: $uri) { version }',
  search: `${search} { totalCount message correction edges { cursor score highlights { field fragment } } }`,
  logicalModel: `${logical} { id members { matchedBy model { name } } }`,
  drift: `${drift} { logicalModel kind }`,
  aliasReport: `${report} { rows { logicalModel model version metric } complete pageInfo { endCursor } }`,
  logicalModels: `${logicals} { totalCount nodes { name } pageInfo { endCursor } }`,
  compareVersions: `${diff} { from { version } sameArtifact }`,
}

const values: Readonly<Record<string, string>> = {
  'Model.tag': '(key: "team")',
  'ModelVersion.tag': '(key: "team")',
  'Model.alias': '(name: "champion")',
  'Model.aliasAt': '(name: "champion", at: "2026-01-01T00:00:00Z")',
  'LogicalModel.alias': '(name: "champion")',
  'LogicalModel.compare': '(alias: "champion", from: "prod", to: "prod")',
  'Model.version': '(version: "1")',
  'ModelVersion.metric': '(key: "auc")',
  'ModelVersion.param': '(key: "depth")',
}

/** When something was asked, and how long it took. */
const volatile = new Set(['asOf', 'latencyMs', 'checkedAt', 'lagMs'])

function select(typeName: string, { name, type }: GraphQLField<unknown, unknown>): string {
  return `${name}${values[`${typeName}.${name}`] ?? ''}${isCompositeType(getNamedType(type)) ? ' { __typename }' : ''}`
}

/** All fields of a type in one document. */
function selectionOf(typeName: string): string {
  const type = schema.getType(typeName)
  const fields = isObjectType(type) ? Object.values(type.getFields()) : []
  return fields
    .filter(({ name }) => !volatile.has(name))
    .map((field) => select(typeName, field))
    .join(' ')
}

const document = (selection: string) => {
  const variables = { $name: 'String!', $id: 'ID!', $versionId: 'ID!', $uri: 'String!' }
  const used = Object.entries(variables).filter(([name]) => new RegExp(`\\${name}\\b`).test(selection))
  const declared = used.length === 0 ? '' : `(${used.map(([name, type]) => `${name}: ${type}`).join(', ')})`
  return `query ${declared} { ${selection} }`
}

const about = (name: string) => ({
  name,
  id: toNodeId({ type: 'Model', registry: 'prod', name }),
  versionId: toNodeId({ type: 'ModelVersion', registry: 'prod', model: name, version: '1' }),
  uri: `models://prod/${name}@champion`,
})

/** The whole answer with what it cost, but for what is another in each. */
async function answerTo({ who }: Pick<Cell, 'who'>, query: string, name: string): Promise<string> {
  const text = await gateway.askText(who, query, about(name), { 'modelgate-explain': '1' })
  return text
    .replaceAll(name, 'NAME')
    .replace(/"requestId":"[^"]*"/, '')
    .replace(/"ms":[0-9.]+/, '')
}

const seen = Object.entries(ways).map(([type, way]) => [type, document(way(selectionOf(type)))] as const)
const asked = Object.entries(queryFields).map(([field, text]) => [`Query.${field}`, document(text)] as const)

it('is asked for every type and every query field', () => {
  const types = [...new Set([...fieldAbilities.keys()].map((path) => path.split('.')[0] ?? ''))]
  const written = types.filter((type) => type === 'Mutation' || type.endsWith('Payload'))
  const grants = types.filter((type) => type.startsWith('PermissionGrant'))
  // A conflict takes two models that one sees: see test/logical/hidden-members.test.ts.
  const elsewhere = ['Query', 'Subscription', 'LogicalConflict']
  const covered = [...Object.keys(ways), ...Object.keys(open), ...written, ...grants, ...elsewhere]
  expect(covered.toSorted()).toEqual(types.toSorted())
  const queries = [...fieldAbilities]
    .filter(([path, ability]) => path.startsWith('Query.') && abilities[ability].takes === 'READ')
    .map(([path]) => path.slice('Query.'.length))
  expect(Object.keys(queryFields).toSorted()).toEqual(queries.toSorted())
})

const wholeAnswers = new Map<string, Promise<string>>()

/** Of who may do everything; it is another one where nothing is there. */
function wholeAnswer(query: string): Promise<string> {
  const known = wholeAnswers.get(query)
  if (known) return known
  const found = answerTo({ who: boss }, query, target).then(async (whole) => {
    expect(whole).not.toBe(await answerTo({ who: boss }, query, absent))
    return whole
  })
  wholeAnswers.set(query, found)
  return found
}

describe.each(cells)('$level by $kind', (cell) => {
  it.each([...seen, ...asked])('%s', async (_, query) => {
    const answer = await answerTo(cell, query, target)
    if (!reaches(cell.level, 'READ')) return expect(answer).toBe(await answerTo(cell, query, absent))
    const whole = await wholeAnswer(query)
    expect(answer).toBe(whole.replace('"viewerPermission":"MANAGE"', `"viewerPermission":"${cell.level}"`))
  })

  it.each(Object.entries(open))('%s is there', async (type, way) => {
    const query = document(way(selectionOf(type)))
    const { data, errors } = await gateway.ask(cell.who, query)
    expect(errors).toBeUndefined()
    const expected = (await gateway.data(boss, query)) as object
    expect(data).toEqual(openAnswers[type]?.(cell, expected) ?? expected)
  })

  it('Subscription.events', async () => {
    const { changes } = await gateway.data(boss, '{ changes { nodes { cursor model } } }')
    const [first, ...others] = changes.nodes as { cursor: string; model: string }[]
    const expected = others.filter(({ model }) => model === 'other' || reaches(cell.level, 'READ'))
    const client = connect(gateway.url, { headers: { who: JSON.stringify(cell.who) } })
    const told = listen(client, { since: first?.cursor })
    await told.until(expected.length)
    expect(told.events.map(({ model }) => model)).toEqual(expected.map(({ model }) => model))
    expect(expected.length).toBe(reaches(cell.level, 'READ') ? 3 : 1)
  })

  it('Query.permissions', async () => {
    const query = '{ permissions(registry: "prod") { nodes { model } edges { cursor node { principal } } } }'
    const { permissions } = await gateway.data(cell.who, query)
    const models = permissions.nodes.map(({ model }: { model: string }) => model)
    expect(models.includes(target)).toBe(cell.level === 'MANAGE')
    expect(models.filter((model: string) => model.includes('*'))).toEqual([])
  })
})

it('shows nothing of registries to who is not signed in, as there were none', async () => {
  const all = '{ registries { name } environments { name } models { sources { state } complete totalCount } }'
  const none = { complete: true, sources: [], totalCount: 0 }
  expect(await gateway.data(nobody, all)).toEqual({ registries: [], environments: [], models: none })
  const id = (registry: string) => toNodeId({ type: 'Registry', registry })
  expect((await gateway.data(nobody, `{ node(id: "${id('prod')}") { id } }`)).node).toBeNull()
  const asks = [
    (name: string) => `{ registry(name: "${name}") { health { message } } }`,
    (name: string) => `{ model(registry: "${name}", name: "m") { name } }`,
    (name: string) => `{ models(registries: ["${name}"]) { totalCount } }`,
    (name: string) => `{ models(environments: ["${name}"]) { totalCount } }`,
    (name: string) => `{ changes(where: { registries: ["${name}"] }) { nodes { id } } }`,
    (name: string) => `{ resolveModelUri(uri: "models://${name}/m/1") { version } }`,
  ]
  for (const ask of asks) {
    const texts = ['prod', 'no-such'].map(async (name) =>
      (await gateway.askText(nobody, ask(name))).replaceAll(name, 'NAME'),
    )
    expect(await texts[0]).toBe(await texts[1])
    expect(await texts[0]).toContain('"takes":"SIGNED_IN"')
  }
})

const other: Thing = { registry: 'prod', model: 'other', version: '1', alias: 'champion' }
const places = ['(version.key)', '(model.key)', '(destination)', '(model)', '(name)']
const payloads = new Map(
  Object.values(schema.getMutationType()?.getFields() ?? {}).map(({ name, type }) => [
    name,
    getNamedType(type).name,
  ]),
)

/** Each mutation of the schema once, on this model. */
function mutationsOn(model: string) {
  const all = everyMutation({
    target: { ...other, model },
    other,
    values: {
      registry: 'prod',
      alias: 'challenger',
      version: '1',
      stage: 'Staging',
      description: 'changed',
      keys: ['team'],
      tags: [{ key: 'team', value: 'changed' }],
      principal: 'user:other',
      permission: 'READ',
    },
  })
  return [...payloads].map(([field, payload]) => {
    const found = places.flatMap((place) => all.filter(({ title }) => title === `${field}${place}`))[0]
    if (!found) throw new Error(`Say where ${field} names the model that it writes to.`)
    const document = found.document.replace('{ __typename }', `{ ${selectionOf(payload)} }`)
    const input = field === 'renameModel' ? { ...found.input, newName: `${model}-new` } : found.input
    return { document, field: field as keyof typeof abilityOf, input }
  })
}

/** Under a name that is not taken they make the model: the one case in which one hears of what one may not see. */
const hearsOfTaken: ReadonlySet<string> = new Set(['createModel', 'copyModelVersion'])
let made = 0

describe.each(mutationsOn(target))('$field', ({ field, document, input }) => {
  const { takes, words } = abilities[abilityOf[field]]
  const codeOf = async ({ who }: Pick<Cell, 'who'>, given: object) => {
    const { errors = [] } = await gateway.ask(who, document, { input: given })
    return errors[0]?.extensions.code ?? null
  }

  it.each(cells.filter(({ level }) => takes !== 'SIGNED_IN' && !reaches(level, takes)))(
    'is refused with $level by $kind, and nothing is written anywhere',
    async (cell) => {
      const before = await digestOfAll(gateway.database)
      const text = await gateway.askText(cell.who, document, { input })
      expect(await digestOfAll(gateway.database)).toBe(before)
      const [error] = JSON.parse(text).errors
      if (reaches(cell.level, 'READ')) {
        expect(error.extensions).toEqual({
          code: 'FORBIDDEN',
          ability: words,
          takes,
          registry: 'prod',
          retryable: false,
        })
        for (const part of [words, takes, cell.level]) expect(error.message).toContain(part)
      } else if (hearsOfTaken.has(field)) {
        expect(error.extensions.code).toBe('ALREADY_EXISTS')
      } else {
        const [missing] = mutationsOn(absent).filter((one) => one.field === field)
        const expected = await gateway.askText(cell.who, document, { input: missing?.input })
        expect(error.extensions.code).toBe('NOT_FOUND')
        expect(text.replaceAll(target, 'NAME')).toBe(expected.replaceAll(absent, 'NAME'))
      }
    },
  )

  it.each(cells.filter(({ level }) => takes === 'SIGNED_IN' || reaches(level, takes)))(
    'is done with $level by $kind',
    async (cell) => {
      const model = `target-${made++}`
      if (field !== 'createModel') await seedModel(gateway.database, 'prod', model)
      await allow(cell, model)
      await gateway.permissions.set({ registry: 'prod', model, principal: 'user:other', permission: 'EDIT' })
      const [mutation] = mutationsOn(model).filter((one) => one.field === field)
      expect(await codeOf(cell, mutation?.input ?? {})).toBeNull()
    },
  )

  it('is refused to who is not signed in, and nothing is written anywhere', async () => {
    const before = await digestOfAll(gateway.database)
    const code = await codeOf({ who: nobody }, input)
    expect(['FORBIDDEN', 'NOT_FOUND']).toContain(code)
    expect(await digestOfAll(gateway.database)).toBe(before)
  })
})
