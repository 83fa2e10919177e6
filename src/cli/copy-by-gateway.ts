import { randomUUID } from 'node:crypto'
import { printable } from '../config/printable.ts'
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
        readonly sizeBytes: string | null
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
  let answer: Answer
  try {
    answer = await ask(toEndpoint(url), toInput(wish, options, idempotencyKey), tools.env.MODELGATE_TOKEN)
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
  const facts = { registry: registry.name, model, ...version, createdModel: copied.createdModel }
  const made = copied.createdModel ? ', whose model was made with it' : ''
  const name = `models://${facts.registry}/${model}/${facts.version}`
  stdout.write(
    options.json
      ? toJson({ ok: true, ...facts })
      : `${printable(`${name} is a copy of ${facts.source}${made}.`)}\n`,
  )
  return exitCode.ok
}

function toEndpoint(url: string): string {
  const base = URL.parse(url)
  if (base === null || !/^https?:$/.test(base.protocol) || base.username !== '' || base.search !== '')
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

async function ask(endpoint: string, input: object, token: string | undefined): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    // Whoever it would be sent on to is not meant to have the token.
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: mutation, variables: { input } }),
  })
  return (await response.json()) as Answer
}
