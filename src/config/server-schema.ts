import * as z from 'zod'
import { isNetwork } from './network.ts'

const publicUrl = z
  .string()
  .refine(
    isPlainUrl,
    'must be the address that clients use, without ? and #; write https://models.example.com',
  )
  .optional()
  .describe('Where clients reach it, with the path that a proxy in front puts before its own.')
  .meta({ examples: ['https://example.com/models'] })

const hostName = z
  .string()
  .refine(isHost, 'must be a name, perhaps with a port, and no address; write models.example.com')

const origin = z
  .string()
  .refine(
    isOrigin,
    'must be what browsers call an origin, without a path; write https://dashboard.example.com',
  )

const network = z.string().refine(isNetwork, 'must be an address or a network; write 10.1.2.0/24')

const tls = z.strictObject({
  cert: z
    .string()
    .min(1)
    .describe('The certificate, with those that lead to it: a file beside this one, or PEM text.'),
  key: z.string().min(1).describe('Its key: a file beside this one, or PEM text from the environment.'),
})

const cors = z
  .strictObject({
    origins: z
      .array(z.union([z.literal('*'), origin]))
      .default([])
      .describe('Of pages elsewhere that may read its answers; "*" is every page.'),
    credentials: z
      .boolean()
      .default(false)
      .describe('Whether these pages act as who is signed in by the browser.'),
  })
  .refine(({ origins, credentials }) => !credentials || !origins.includes('*'), {
    path: ['credentials'],
    error: 'cannot be true where origins holds "*"; name the origins that are trusted',
  })

export const server = z.strictObject({
  host: z.string().min(1).default('127.0.0.1').describe('The address to listen on.'),
  port: z.int().min(0).max(65_535).default(4000).describe('0: any that is free.'),
  publicUrl,
  allowedHosts: z
    .array(hostName)
    .default([])
    .describe('Names under which it answers, beside that of publicUrl and those of this machine.'),
  trustProxy: z
    .union([z.boolean(), z.array(network).min(1)])
    .default(false)
    .describe(
      'Whose word to take for the address of a client: that of all, of none, or of the proxies at these addresses.',
    ),
  tls: tls.optional().describe('Where it speaks TLS itself.'),
  cors: cors.prefault({}).describe('Pages of other origins.'),
  answersKeptMs: z
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .describe(
      'For how long a whole answer may be given again to who asks the same and may see the same; 0: not at all.',
    ),
})

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false
  return url.search === '' && url.hash === '' && url.username === '' && url.password === ''
}

function isHost(text: string): boolean {
  const url = URL.parse(`http://${text}/`)
  return url !== null && url.host === text.toLowerCase().replace(/:80$/, '') && url.pathname === '/'
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}
