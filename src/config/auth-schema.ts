import * as z from 'zod'
import { isLoopbackName } from '../server/loopback.ts'
import { commandLinePrefix } from './command-line-prefix.ts'
import { isNetwork } from './network.ts'

/** What one may do on a model, from nothing to everything. */
export const permissionLevels = ['NO_PERMISSIONS', 'READ', 'EDIT', 'MANAGE'] as const

const issuerUrl = z
  .string()
  .refine(isIssuerUrl, 'must be an https address, or http on this machine; write https://…')
  .describe(
    'As it stands in `iss` of its tokens. Its keys are found below /.well-known/openid-configuration.',
  )
  .meta({ examples: ['https://login.example.com/realms/ml'] })

const claim = z.string().min(1)
const claimValue = z.union([z.string(), z.number(), z.boolean()])

/** What is made of the claims of an issuer, however they came here. */
const namingKeys = {
  principal: claim
    .default('sub')
    .describe('The claim that names people: user:VALUE. A dotted path goes into objects.'),
  groups: claim
    .optional()
    .describe(
      'The claim that names their groups, a list or words in one text. A dotted path goes into objects.',
    ),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_.-]+:$/, 'must be a word and a colon; write for example "github:"')
    .refine(
      (prefix) => prefix !== commandLinePrefix,
      'is that of commands on the gateway\'s own machine; write another one, for example "github:"',
    )
    .optional()
    .describe('Stands before the names of its people and groups, so that they cannot be those of another.'),
  require: z
    .record(z.string(), z.union([claimValue, z.array(claimValue).min(1)]))
    .optional()
    .describe('Claims that must have this value, or one of a list.'),
}

const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

const jwtIssuer = z.strictObject({
  issuer: issuerUrl,
  jwksUri: z
    .string()
    .refine(isIssuerUrl, 'must be an https address, or http on this machine; write https://…')
    .optional()
    .describe('Where its keys are. Left out: as the issuer says.'),
  audience: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .describe('What `aud` of its tokens must hold: this gateway, and no other service.')
    .meta({ examples: ['modelgate'] }),
  algorithms: z
    .array(z.enum(signatureAlgorithms))
    .min(1)
    .default(['RS256', 'PS256', 'ES256', 'EdDSA'])
    .describe('How its tokens may be signed.'),
  ...namingKeys,
})

const login = z.strictObject({
  issuer: issuerUrl,
  clientId: z
    .string()
    .min(1)
    .describe('The name the gateway has at the issuer.')
    .meta({ examples: ['modelgate'] }),
  clientSecret: z
    .string()
    .min(1)
    .describe('What the gateway proves itself with, from the environment.')
    .meta({ examples: [`\${OIDC_SECRET}`] }),
  scopes: z
    .array(z.string().min(1))
    .default(['openid', 'profile'])
    .refine(
      (scopes) => scopes.includes('openid'),
      'must hold openid, without which no issuer says who somebody is; write for example [openid, profile]',
    )
    .describe('What the issuer is asked for.'),
  maxAgeHours: z
    .number()
    .positive()
    .max(24 * 365)
    .default(12)
    .describe('How long one stays signed in.'),
  ...namingKeys,
})

const headerName = z
  .string()
  .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header; write for example x-forwarded-user')
  .transform((name) => name.toLowerCase())

const proxy = z.strictObject({
  user: headerName.describe('The header that names who asks.').meta({ examples: ['x-forwarded-user'] }),
  groups: headerName.optional().describe('The header that names the groups, separated by commas.'),
  from: z
    .array(z.string().refine(isNetwork, "must be the proxy's own address, or its network; write 10.1.2.3/32"))
    .min(1)
    .describe("The proxy's own addresses. From any other the headers are refused.")
    .meta({ examples: ['10.1.2.3/32'] }),
})

export const auth = z.strictObject({
  tokens: z.boolean().default(true).describe('API tokens, made by `modelgate token create`.'),
  jwt: z.array(jwtIssuer).default([]).describe('Whose JSON web tokens are taken.'),
  login: login.optional().describe('Where people in a browser sign in: OpenID Connect.'),
  proxy: proxy.optional().describe('A proxy in front that says who asks.'),
  anonymous: z
    .enum(['NO_PERMISSIONS', 'READ'])
    .default('NO_PERMISSIONS')
    .describe('What those who have not signed in may do at most.'),
})

const principal = z
  .string()
  .regex(/^(user|group|token):.+$/s, 'must say whose name it is; write user:NAME, group:NAME or token:NAME')

export const administrators = z.array(principal).meta({ examples: [['group:platform', 'user:ann']] })

const grant = z.strictObject({
  principal: principal.describe('user:NAME, group:NAME or token:NAME.').meta({ examples: ['group:fraud'] }),
  registry: z
    .string()
    .min(1)
    .default('*')
    .describe('A registry, or "*" for all.')
    .meta({ examples: ['prod'] }),
  model: z
    .string()
    .min(1)
    .default('*')
    .describe("A model's name, or a pattern with *.")
    .meta({ examples: ['fraud*'] }),
  permission: z.enum(permissionLevels).describe('What is granted; each level holds those before it.'),
})

export const permissions = z.strictObject({
  default: z
    .enum(permissionLevels)
    .default('READ')
    .describe('What those who are signed in may do where no grant matches.'),
  grants: z
    .array(grant)
    .default([])
    .describe('Those of the configuration; others are made by setPermission.'),
})

/** Keys and tokens of an issuer that anybody on the way can change are worth nothing. */
function isIssuerUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname))
}
