import { readFileSync } from 'node:fs'
import * as z from 'zod'

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/

const headerText = z.string().min(1).regex(headerValue, 'must not hold line breaks or control characters')

const url = z
  .string()
  .superRefine((value, context) => {
    const problem = findUrlProblem(value)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })
  .describe('Where the server answers: an http or https URL, with a path where a proxy adds one.')

const ways = {
  basic: z
    .strictObject({
      username: z.string().min(1).describe('The user name.'),
      password: z.string().describe('The password; better an environment variable than the text itself.'),
    })
    .optional()
    .describe('HTTP basic authentication.'),
  bearer: headerText.optional().describe('A token, sent as `Authorization: Bearer …`.'),
  headers: z
    .record(z.string().regex(headerName, 'is not a header name'), headerText)
    .optional()
    .describe('Headers that are sent with every request, for proxies with their own scheme.'),
}

const ownAuth = z
  .strictObject(ways)
  .refine(({ basic, bearer, headers }) => countOf([basic, bearer, headers]) === 1, {
    message: 'must have exactly one of basic, bearer, headers',
  })

const auth = z
  .strictObject({
    ...ways,
    forward: z
      .literal(true)
      .optional()
      .describe("Send the caller's own JSON web token, and nothing of the gateway's."),
    background: ownAuth
      .optional()
      .describe('With forward: how the gateway proves who it is where it acts without a caller.'),
  })
  .refine(({ basic, bearer, headers, forward }) => countOf([basic, bearer, headers, forward]) === 1, {
    message: 'must have exactly one of basic, bearer, headers, forward',
  })
  .refine(({ forward, background }) => forward === true || background === undefined, {
    message: 'has background without forward: true; add that, or leave it out',
  })
  .describe('How the gateway proves who it is; leave it out when the server asks for nothing.')

/** PEM text is taken as it stands, so that it can come from the environment; anything else names a file. */
const pem = z.string().transform((value, context) => {
  if (value.includes('-----BEGIN ')) return value
  try {
    return readFileSync(value, 'utf8')
  } catch {
    // Neither the value nor what the system says of it: it may be a key that lost its first line.
    context.addIssue({
      code: 'custom',
      message: 'is neither PEM text nor a file that can be read',
    })
    return z.NEVER
  }
})

const tls = z
  .strictObject({
    ca: pem.optional().describe('Certificates to trust instead of the public ones: PEM text or a file.'),
    cert: pem.optional().describe("The gateway's own certificate: PEM text or a file."),
    key: pem.optional().describe('The key of `cert`: PEM text or a file.'),
    servername: z.string().min(1).optional().describe('The name to expect in the certificate.'),
    insecureSkipVerify: z
      .boolean()
      .optional()
      .describe('Trust any certificate. For tries only: anybody in between can read along.'),
  })
  .describe('For https servers with certificates of their own.')

const host = headerText
  .optional()
  .describe('The Host header to send, where the server only answers to certain names.')

const connections = z
  .int()
  .min(1)
  .max(256)
  .default(8)
  .describe('How many requests may be under way at once, besides the files of copies; more wait in line.')

const keepAliveMs = z
  .int()
  .min(1)
  .max(600_000)
  .default(4000)
  .describe(
    'How long a connection is kept while nothing is sent: shorter than what stands in front of the server forgets it.',
  )

/** The keys of the configuration that every adapter over REST has. */
export const connectionKeys = {
  url,
  auth: auth.optional(),
  tls: tls.optional(),
  host,
  connections,
  keepAliveMs,
}

export type AuthConfig = z.output<typeof auth>
export type TlsConfig = z.output<typeof tls>

function countOf(ways: readonly unknown[]): number {
  return ways.filter((way) => way !== undefined).length
}

function findUrlProblem(value: string): string | null {
  if (!URL.canParse(value)) return 'is not a URL; write http://host:port'
  const parsed = new URL(value)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return 'must be an http or https URL'
  if (parsed.username !== '' || parsed.password !== '') {
    return 'must not hold credentials; put them under auth: { basic: { username, password } }'
  }
  if (parsed.search !== '' || parsed.hash !== '') return 'must end with its path, without ? and #'
  return null
}
