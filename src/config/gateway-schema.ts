import * as z from 'zod'
import { administrators, auth, permissions } from './auth-schema.ts'
import { server } from './server-schema.ts'

const registryNamePattern = /^[A-Za-z0-9_.-]+$/

const milliseconds = z.int().min(1).max(3_600_000)

const circuit = z.strictObject({
  failures: z.int().min(1).max(1000).default(5).describe('Failures in a row that open the circuit.'),
  probeIntervalMs: milliseconds
    .default(2000)
    .describe('How often a registry whose circuit is open is asked whether it is back.'),
})

const duration = z
  .string()
  .regex(/^[1-9][0-9]{0,8}(s|m|h|d)$/, 'must be a whole number with s, m, h or d; write for example 10m')

const catalogKeys = {
  syncEvery: duration
    .default('1m')
    .describe('How often a registry is asked for what others have changed, as far as it can tell.'),
  sweepEvery: duration
    .default('1h')
    .describe('How often a registry is read whole: what it cannot tell otherwise is found by that.'),
  runs: z.boolean().default(true).describe('Keep params and metrics of runs, to filter and order by.'),
  sizes: z
    .boolean()
    .default(false)
    .describe('List the files of versions whose size is not known otherwise, some in each look.'),
  staleAfter: duration
    .default('3h')
    .describe('From this age on, answers from the catalog say that they are stale.'),
  staleIfError: z
    .boolean()
    .default(false)
    .describe('Answer for a registry that fails from the catalog, where a request does not say.'),
  keepEvents: duration.default('400d').describe('How long events are kept.'),
}

const catalog = z.strictObject(catalogKeys)

const { keepEvents: _, ...catalogKeysOfRegistry } = catalogKeys
const catalogOfRegistry = z.strictObject(catalogKeysOfRegistry).partial()

/** The keys of a registry that are the gateway's own; all others belong to its adapter. */
export const registryKeys = {
  name: z
    .string()
    .regex(registryNamePattern, 'may hold letters, digits, "_", "-" and "." only; write for example prod-eu')
    .describe(
      'What clients call it. Part of every id: renaming a registry changes the ids of all its models.',
    )
    .meta({ examples: ['prod'] }),
  adapter: z
    .string()
    .min(1)
    .describe('A built-in adapter, the path of a plug-in ("./acme-adapter.js") or the name of its package.')
    .meta({ examples: ['mlflow'] }),
  environment: z
    .string()
    .optional()
    .describe('One of `environments`. Left out when a rule of `logicalModels` holds {environment}.')
    .meta({ examples: ['prod'] }),
  readOnly: z.boolean().default(false).describe('Refuse every write to it through the gateway.'),
  timeoutMs: milliseconds
    .default(3000)
    .describe(
      'How long one request waits for this registry in all; the header modelgate-deadline-ms ends all waiting sooner.',
    ),
  maxConcurrency: z
    .int()
    .min(1)
    .max(1000)
    .default(8)
    .describe('How many calls go to this registry at the same time.'),
  circuit: circuit.prefault({}).describe('When a registry that fails is left alone.'),
  catalog: z
    .union([z.boolean(), catalogOfRegistry])
    .optional()
    .describe(
      'false: nothing of it is kept, and it is read LIVE only. Otherwise the keys of `catalog` for this one.',
    ),
}

const registry = z.looseObject(registryKeys)

const logicalModelRule = z.strictObject({
  registry: z
    .string()
    .describe('A registry, or a pattern of names in which "*" stands for any text.')
    .meta({ examples: ['mlflow-*'] }),
  name: z
    .string()
    .optional()
    .describe("What the model is called there: {name} stands for the logical model's name.")
    .meta({ examples: ['{environment}.{name}'] }),
  tag: z
    .string()
    .min(1)
    .optional()
    .describe("In the place of `name`: the tag of the model whose value is the logical model's name.")
    .meta({ examples: ['business-name'] }),
})

const database = z.strictObject({
  url: z
    .string()
    .regex(
      /^(sqlite:.+|postgres(ql)?:\/\/.+)$/s,
      'must begin with sqlite: or postgres://; write for example sqlite:./.modelgate/modelgate.db',
    )
    .refine((url) => url.startsWith('sqlite:') || URL.canParse(url), {
      abort: true,
      error:
        'is not a valid address; write postgres://user:password@host:5432/name, with %-escapes for special characters in the password',
    })
    .default('sqlite:./.modelgate/modelgate.db')
    .describe('sqlite:PATH (relative to this file) or postgres://USER:PASSWORD@HOST/DATABASE.'),
})

const limits = z.strictObject({
  maxDepth: z.int().min(1).max(100).default(12).describe('Levels of a query.'),
  maxTokens: z.int().min(1).max(100_000).default(2000).describe('Tokens of a query document.'),
  maxAliases: z.int().min(0).max(10_000).default(15).describe('Aliased fields of a query.'),
  maxConnections: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(20_000)
    .describe('Clients at once that are told what happens, or ask over a WebSocket; 0: none.'),
  maxSubscriptions: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1000)
    .describe('Subscriptions at once of one caller, or of one address where nobody is signed in.'),
})

const federation = z.strictObject({
  readBound: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(20_000)
    .describe('Rows up to which a registry that cannot keep the asked order is read whole.'),
  copyTimeoutMs: z
    .int()
    .min(1)
    .max(7 * 24 * 3_600_000)
    .default(3_600_000)
    .describe('How long moving the files of one copy between registries may take.'),
  copyMaxBytes: z
    .int()
    .min(1)
    .default(100 * 1024 ** 3)
    .describe('How large the files of one copy between registries may be together.'),
  copyStallMs: milliseconds
    .default(60_000)
    .describe('For how long nothing of such a copy may move before it is broken off.'),
})

/** The whole file, registries with the keys of their adapters unchecked. */
export const gatewaySchema = z.strictObject({
  environments: z
    .array(z.string().min(1))
    .min(1)
    .default(['dev', 'staging', 'prod'])
    .describe('The ladder, lowest first.'),
  registries: z
    .array(registry)
    .min(1)
    .optional()
    .describe('What the gateway puts together. Left out: an embedded local registry for each environment.'),
  logicalModels: z
    .array(logicalModelRule)
    .default([{ registry: '*', name: '{name}' }])
    .describe('Which models are the same one in several registries; the first rule that matches decides.'),
  database: database.prefault({}).describe("The gateway's own state."),
  server: server.prefault({}).describe('Where the gateway listens.'),
  auth: auth
    .optional()
    .describe('Who may come in. Left out: nobody is asked, and the gateway listens on loopback only.'),
  administrators: administrators
    .default([])
    .describe('Who may do everything: user:NAME, group:NAME or token:NAME.'),
  permissions: permissions.prefault({}).describe('Who may do what, where `auth` says who they are.'),
  limits: limits.prefault({}).describe('What a query may be; beyond it the answer is an error.'),
  federation: federation.prefault({}).describe('How answers are put together.'),
  catalog: z
    .union([z.literal(false), catalog])
    .prefault({})
    .describe('What the gateway keeps of the registries; false: nothing.'),
})

export type GatewayFile = z.output<typeof gatewaySchema>
export type RegistryFile = z.output<typeof registry>
