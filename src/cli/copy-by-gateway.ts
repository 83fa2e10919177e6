import { randomUUID } from 'node:crypto'
import { printable } from '../config/printable.ts'
import { toVersionUri } from '../contract/index.ts'
import type { CommandTools } from './command-tools.ts'
import type { CopyOptions, CopyWish } from './copy-wish.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { toJson } from './to-json.ts'
import { UsageError } from './usage-error.ts'

interface Answer {
  readonly data?: {
    readonly copyModelVersion?: {
      readonly createdModel: boolean
      readonly modelVersion: {
        readonly registry: { readonly name: string }
        readonly modelName: string
        readonly version: string
        readonly source: string | null
        readonly digest: string | null
        readonly sizeBytes: number | null
      } | null
    } | null
  } | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

const mutation = `mutation Copy($input: CopyModelVersionInput!) {
  copyModelVersion(input: $input) {
    createdModel
    modelVersion { registry { name } modelName version source digest sizeBytes }
  }
}`

/** Asks a running gateway to do it, as whoever `MODELGATE_TOKEN` is; this command then needs no registry's credentials. */
export async function copyByGateway(url: string, wish: CopyWish, tools: CommandTools): Promise<ExitCode> {
  const { options } = wish
  const { stdout, stderr } = tools
  const idempotencyKey = options.idempotencyKey ?? randomUUID()
  const report = (code: string, message: string): ExitCode => {
    if (options.json) stdout.write(toJson({ ok: false, code, message, idempotencyKey }))
    else stderr.write(`${code}: ${printable(message)}\nFinish it with --idempotency-key ${idempotencyKey}\n`)
    return exitCode.failure
  }
  const token = tools.env.MODELGATE_TOKEN ?? ''
  // What no header can hold would be quoted by whatever refuses it.
  if (!/^[!-~]*$/.test(token.trim()))
    throw new UsageError('MODELGATE_TOKEN holds no token: one has neither blanks nor line breaks within.')
  let answer: Answer
  try {
    answer = await ask(toEndpoint(url), toInput(wish, options, idempotencyKey), token.trim())
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { cause } = error as Error
    return report(
      'UNREACHABLE',
      `The gateway did not answer: ${cause instanceof Error ? cause.message : (error as Error).message}`,
    )
  }
  const [first] = answer.errors ?? []
  if (first) {
    const code = first.extensions?.code ?? 'ERROR'
    const advice =
      code === 'UNAUTHENTICATED' || code === 'FORBIDDEN' ? ' Set MODELGATE_TOKEN to a token that may.' : ''
    return report(code, first.message + advice)
  }
  const copied = answer.data?.copyModelVersion
  if (!copied?.modelVersion) return report('ERROR', 'The gateway answered without the copy.')
  const { registry, modelName: model, ...version } = copied.modelVersion
  const place = { registry: registry.name, model, version: version.version }
  const uri = toVersionUri(place, isNoNumber)
  const made = copied.createdModel ? ', whose model was made with it' : ''
  stdout.write(
    options.json
      ? toJson({ ok: true, uri, ...place, ...version, createdModel: copied.createdModel })
      : `${printable(`${uri} is a copy of ${version.source}${made}.`)}\n`,
  )
  return exitCode.ok
}

/** Any other may be a stage of that registry, and is written so that it is taken for none. */
function isNoNumber(segment: string): boolean {
  return !/^[0-9]+$/.test(segment)
}

function toEndpoint(url: string): string {
  const base = URL.parse(url)
  if (base === null || !/^https?:$/.test(base.protocol) || base.username + base.password + base.search !== '')
    throw new UsageError('--url must be the address of a gateway; write https://models.example.com')
  return `${base.href.replace(/\/(graphql)?$/, '')}/graphql`
}

function toInput({ source, destination }: CopyWish, options: CopyOptions, idempotencyKey: string): object {
  const [, registry, name] = /^models:\/\/([^/]+)\/(.+)$/s.exec(destination) ?? []
  if (registry === undefined || name === undefined)
    throw new UsageError(`"${destination}" names no model: write models://REGISTRY/NAME.`)
  return {
    source: { uri: { uri: source } },
    destination: { registry, name },
    artifacts: options.artifacts === 'copy' ? 'COPY' : 'REFERENCE',
    tags: options.tag,
    idempotencyKey,
  }
}

async function ask(endpoint: string, input: object, token: string): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    // Whoever it would be sent on to is not meant to have the token.
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: mutation, variables: { input } }),
  })
  const answer: unknown = await response.json()
  if (answer === null || typeof answer !== 'object') throw new Error('what it answered is no GraphQL')
  return answer
}
