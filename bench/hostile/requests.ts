export interface HostileRequest {
  readonly name: string
  readonly query: string
  readonly variables?: Record<string, unknown>
  readonly extensions?: Record<string, unknown>
  readonly headers?: Record<string, string>
}

const many = (count: number, value: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => value(index))
const repeat = (count: number, text: string) => Array(count).fill(text).join(' ')
const filtered = (where: unknown, name: string): HostileRequest => ({
  name,
  query: 'query($where: ModelFilter) { models(where: $where) { nodes { name } complete } }',
  variables: { where },
})
const allTags = 'models(first: 500) { nodes { versions(first: 500) { nodes { tags { key value } } } } }'

/** Each is one request of up to 1 MB that a client may send, and what it aims at. */
export const hostileRequests: readonly HostileRequest[] = [
  {
    name: 'a page of 500 models with tags (no attack)',
    query: '{ models(first: 500) { nodes { name tags { key value } latestVersion { version } } complete } }',
  },
  { name: 'all tags of all versions of all models', query: `{ ${allTags} }` },
  { name: 'the same six times', query: `{ ${many(6, (index) => `a${index}: ${allTags}`).join(' ')} }` },
  {
    name: 'all tags of all versions in pages of 50',
    query:
      '{ models(first: 500) { nodes { versions(first: 50) { nodes { version tags { key value } } } } } }',
  },
  {
    name: 'a page size in $valueOf',
    query: `query($valueOf: Int) { ${allTags.replaceAll('500', '$valueOf')} }`,
    variables: { valueOf: 500 },
  },
  filtered(
    { name: { in: many(80_000, (index) => `n${index}`), ignoreCase: true } },
    '80,000 names, ignoring case',
  ),
  filtered(
    { name: { in: many(4900, (index) => `n${index}`), ignoreCase: true } },
    '4,900 names, ignoring case',
  ),
  filtered({ and: many(1600, (index) => ({ name: { ne: `n${index}` } })) }, '1,600 conditions'),
  filtered({ and: many(20_000, () => ({ name: { contains: 'm' } })) }, '20,000 conditions'),
  filtered({ or: many(2500, (index) => ({ tag: { key: `k${index}` } })) }, '2,500 conditions on tags'),
  filtered({ and: many(300_000, () => ({})) }, '300,000 empty conditions'),
  {
    name: 'tags by 80,000 keys',
    query: 'query($keys: [String!]) { models(first: 500) { nodes { tags(keys: $keys) { key } } } }',
    variables: { keys: many(80_000, (index) => `k${index}`) },
  },
  {
    name: '250,000 ids',
    query: 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }',
    variables: { ids: many(240_000, () => 'a') },
  },
  {
    name: '10,000 orders',
    query: 'query($by: [ModelOrder!]) { models(orderBy: $by) { nodes { name } } }',
    variables: { by: many(10_000, () => ({ field: 'NAME' })) },
  },
  {
    name: 'a variable of 80,000 fields',
    query: '{ registries { name } }',
    variables: Object.fromEntries(many(80_000, (index) => [`k${index}`, 1]) as [string, number][]),
  },
  { name: 'one field 480 times', query: `{ ${repeat(480, 'environments { name }')} }` },
  {
    name: '200 inline fragments',
    query: `{ models { nodes { ${repeat(200, '... { name tags { key } }')} } } }`,
  },
  {
    name: '190 fragments in a chain',
    query: `{ models { nodes { ...F0 } } } ${many(190, (index) => `fragment F${index} on Model { name ...F${Number(index) + 1} }`).join(' ')} fragment F190 on Model { name }`,
  },
  { name: '1 MB of newlines before a fault', query: `${'\n'.repeat(490_000)}{ registries { nothing } }` },
  {
    name: 'a block string of 1 MB',
    query: `{ model(registry: "local", name: """${'\n'.repeat(490_000)}""") { name } }`,
  },
  {
    name: '500 rows that all fail',
    query: '{ models(first: 500) { nodes { versions { nodes { version } } tags { key } } complete } }',
    headers: { 'modelgate-deadline-ms': '400' },
  },
  {
    name: 'the schema fifteen times',
    query: `{ ${many(15, (index) => `a${index}: __schema { types { fields { args { type { name } } type { fields { name } } } } }`).join(' ')} }`,
  },
  {
    name: '240,000 lists beside the variables',
    query: '{ models(first: 1) { nodes { name } } }',
    extensions: { lists: many(240_000, () => []) },
  },
]
