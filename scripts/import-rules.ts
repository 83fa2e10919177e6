import type { IForbiddenRuleType } from 'dependency-cruiser'

interface Room {
  /** Other rooms below `src/`, or `*` for all of them. */
  rooms: readonly string[]
  /** Packages from the registry: all, none, or all but these. */
  packages: 'all' | 'none' | { except: readonly string[] }
}

const transports = ['graphql', '@apollo/', '@graphql-tools/', 'fastify', 'undici', 'kysely', 'pg']

/** Who may import whom, from the bottom of the house to its top; ARCHITECTURE.md says why. */
const rooms: Readonly<Record<string, Room>> = {
  contract: { rooms: [], packages: 'none' },
  timing: { rooms: [], packages: 'none' },
  words: { rooms: ['contract'], packages: 'none' },
  stores: { rooms: ['contract'], packages: 'none' },
  conformance: { rooms: ['contract', 'timing'], packages: 'none' },
  state: { rooms: ['contract', 'timing', 'words', 'stores'], packages: 'all' },
  'adapters/http': { rooms: ['contract', 'timing'], packages: 'all' },
  'adapters/local': { rooms: ['contract', 'timing', 'adapters/http', 'state'], packages: 'all' },
  'adapters/[^/]+': { rooms: ['contract', 'timing', 'adapters/http'], packages: 'all' },
  'plug-ins': { rooms: ['contract', 'timing'], packages: 'none' },
  federation: { rooms: ['contract', 'timing', 'words', 'stores'], packages: { except: transports } },
  server: {
    rooms: ['contract', 'timing'],
    packages: { except: ['graphql', '@apollo/', '@as-integrations/'] },
  },
  identity: { rooms: ['contract', 'timing', 'server', 'state', 'config'], packages: 'all' },
  graphql: { rooms: ['contract', 'timing', 'federation', 'server'], packages: 'all' },
  config: { rooms: ['*'], packages: 'all' },
  cli: { rooms: ['*'], packages: 'all' },
  gateway: { rooms: ['*'], packages: 'all' },
}

/** The same inside of federation. What lies beside these rooms is what all of them share, and knows none of them. */
const federationRooms: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  records: [],
  filter: ['records'],
  registry: ['errors', 'records', 'filter'],
  session: ['errors', 'records', 'registry'],
  logical: ['errors', 'records', 'registry', 'session'],
  resolve: ['errors', 'records', 'session', 'logical'],
  list: ['errors', 'records', 'registry', 'filter', 'session', 'logical', 'resolve'],
  compare: ['errors', 'records', 'registry', 'session', 'logical', 'resolve', 'list'],
  catalog: ['errors', 'records', 'registry', 'filter', 'session'],
  search: ['errors', 'records', 'registry', 'filter', 'session', 'list', 'catalog'],
  write: ['errors', 'records', 'registry', 'session', 'resolve'],
  'clean-up': ['errors', 'records', 'session', 'write'],
  copy: ['errors', 'records', 'session', 'resolve', 'write', 'clean-up'],
  permissions: ['errors', 'records', 'session', 'list', 'write'],
  commands: ['records', 'session', 'write', 'copy', 'permissions'],
}

const roomNames = Object.keys(rooms)

const roomRules = ([name, room]: [string, Room]): IForbiddenRuleType[] => {
  // A general pattern leaves out the rooms that have an entry of their own.
  const special = name.includes('[') ? roomNames.filter((other) => !other.includes('[')) : []
  const from = {
    path: `^src/(${name})/`,
    ...(special.length === 0 ? {} : { pathNot: special.map((other) => `^src/${other}/`) }),
  }
  const rules: IForbiddenRuleType[] = []
  if (!room.rooms.includes('*'))
    rules.push({
      name: `${name} imports ${room.rooms.join(', ') || 'nothing'}`,
      severity: 'error',
      from,
      to: { path: '^src/', pathNot: ['^src/$1/', ...room.rooms.map((other) => `^src/${other}/`)] },
    })
  if (room.packages !== 'all') rules.push(packageRule(name, from, room.packages))
  return rules
}

const federationRule = ([name, below]: [string, readonly string[]]): IForbiddenRuleType => ({
  name: `federation/${name} imports ${below.join(', ') || 'no other room of federation'}`,
  severity: 'error',
  from: { path: `^src/federation/${name}/` },
  to: {
    path: '^src/federation/[^/]+/',
    pathNot: [name, ...below].map((room) => `^src/federation/${room}/`),
  },
})

const packageRule = (
  name: string,
  from: IForbiddenRuleType['from'],
  packages: 'none' | { except: readonly string[] },
): IForbiddenRuleType => ({
  name: `${name} imports no ${packages === 'none' ? 'package' : packages.except.join(', ')}`,
  severity: 'error',
  from,
  to:
    packages === 'none'
      ? { path: 'node_modules/' }
      : {
          path: `node_modules/(${packages.except.map((one) => (one.endsWith('/') ? one : `${one}/`)).join('|')})`,
        },
})

export const importRules: IForbiddenRuleType[] = [
  ...Object.entries(rooms).flatMap(roomRules),
  ...Object.entries(federationRooms).map(federationRule),
  {
    name: 'what the rooms of federation share knows none of them',
    severity: 'error',
    from: { path: '^src/federation/[^/]+$' },
    to: { path: '^src/federation/[^/]+/' },
  },
  {
    name: 'the engine of state knows none of the rooms that use it',
    severity: 'error',
    from: { path: '^src/state/(sqlite/)?[^/]+$' },
    to: { path: '^src/state/(?!sqlite/)[^/]+/' },
  },
  {
    name: 'the rooms of state share its engine, the SQL of lists, and nothing else',
    severity: 'error',
    from: { path: '^src/state/(?!sqlite/)([^/]+)/' },
    to: { path: '^src/state/[^/]+/', pathNot: ['^src/state/$1/', '^src/state/lists/'] },
  },
  {
    name: 'graphql imports Apollo in its folder alone',
    severity: 'error',
    from: { path: '^src/graphql/', pathNot: '^src/graphql/apollo/' },
    to: { path: 'node_modules/(@apollo|@as-integrations)/' },
  },
  {
    name: 'contract does no I/O',
    severity: 'error',
    from: { path: '^src/contract/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'src imports nothing outside src',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(test|bench|scripts|examples)/' },
  },
  {
    name: 'src imports no development dependency',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/graphql/graphiql/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
  { name: 'every import is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
]

/** Whether a file below `src/` is in one of the rooms above, or in none: those put everything together. */
export const isInRoom = (path: string): boolean =>
  new RegExp(`^src/((${roomNames.join('|')})/|[^/]+$)`).test(path) &&
  new RegExp(`^src/(?!federation/[^/]+/)|^src/federation/(${Object.keys(federationRooms).join('|')})/`).test(
    path,
  )
