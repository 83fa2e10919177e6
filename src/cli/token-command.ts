import { type GatewayConfig, loadConfig } from '../config/index.ts'
import { createApiToken, digestOf } from '../identity/api-token.ts'
import { isName } from '../identity/names.ts'
import type { ApiToken } from '../state/api-tokens/api-tokens.ts'
import type { CommandTools, OpenTokens } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { toTable } from './text-table.ts'
import { toJson } from './to-json.ts'
import { UsageError } from './usage-error.ts'

export interface TokenOptions {
  readonly config?: string
  readonly logLevel: string
  readonly json: boolean
}

export interface TokenCreateOptions extends TokenOptions {
  readonly groups: readonly string[]
  /** Null: never. */
  readonly expires: number | null
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/
/** What says of a principal which kind it is is put before it here. */
const kindPattern = /^(user|group|token):/

export async function createToken(
  name: string,
  options: TokenCreateOptions,
  tools: CommandTools,
): Promise<ExitCode> {
  if (!namePattern.test(name)) {
    throw new UsageError('NAME may hold letters, digits, ".", "_" and "-"; write for example deploy-prod.')
  }
  const wrong = options.groups.find((group) => kindPattern.test(group) || !isName(group))
  if (wrong !== undefined) {
    throw new UsageError(
      `--groups takes the names of groups, and ${JSON.stringify(wrong)} is none; write for example fraud,platform.`,
    )
  }
  const { stdout, stderr } = tools
  return withTokens(options, tools, async ({ tokens }, config) => {
    const token = createApiToken()
    const groups = options.groups.map((group) => `group:${group}`)
    const added = await tokens.add({ name, digest: digestOf(token), groups, expiresInMs: options.expires })
    if (added === null) {
      stderr.write(
        `There is a token "${name}" already; choose another name, or revoke it with: modelgate token revoke ${name}\n`,
      )
      return exitCode.usage
    }
    if (options.json) {
      const { principal, expiresAt } = factsOf(added)
      stdout.write(toJson({ name, principal, token, expiresAt }))
    } else {
      stdout.write(`${token}\n`)
      stderr.write(describe(added))
    }
    if (config.auth?.tokens !== true) {
      const instead = config.auth === null ? 'write auth: {} into it' : 'take tokens: false out of auth'
      stderr.write(`No gateway with this configuration takes it yet: ${instead}.\n`)
    }
    return exitCode.ok
  })
}

export async function listTokens(options: TokenOptions, tools: CommandTools): Promise<ExitCode> {
  return withTokens(options, tools, async ({ tokens }) => {
    const all = await tokens.list()
    tools.stdout.write(options.json ? toJson(all.map(factsOf)) : toText(all))
    return exitCode.ok
  })
}

export async function revokeToken(
  name: string,
  options: TokenOptions,
  tools: CommandTools,
): Promise<ExitCode> {
  const { stdout, stderr } = tools
  return withTokens(options, tools, async ({ tokens }) => {
    const isRevoked = await tokens.remove(name)
    if (!isRevoked) {
      stderr.write(`There is no token "${name}"; modelgate token list shows those that are.\n`)
      return exitCode.usage
    }
    stdout.write(
      options.json ? toJson({ name, revoked: true }) : `Revoked: ${name}. No gateway takes it any more.\n`,
    )
    return exitCode.ok
  })
}

async function withTokens(
  { config: file, logLevel }: TokenOptions,
  tools: CommandTools,
  work: (opened: OpenTokens, config: GatewayConfig) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { env, directory, builtIns, stderr } = tools
  const { log, hideSecretsOf } = openLog(logLevel, stderr)
  const config = await loadConfig({ file, env, directory, builtIns })
  hideSecretsOf(config)
  if (config.database.url === 'sqlite::memory:') {
    throw new UsageError(
      'Tokens are kept in the database of the gateway, and this one is in memory only; set database.url to a file.',
    )
  }
  let opened: OpenTokens
  try {
    opened = await tools.openTokens(config, log)
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return exitCode.failure
  }
  try {
    return await work(opened, config)
  } finally {
    await opened.close()
  }
}

function factsOf({ name, groups, createdAt, expiresAt }: ApiToken) {
  const principal = `token:${name}`
  return { name, principal, groups, createdAt, expiresAt }
}

function describe({ name, groups, expiresAt }: ApiToken): string {
  const until = expiresAt === null ? 'It does not expire.' : `It expires at ${expiresAt.toISOString()}.`
  const of = groups.length === 0 ? '' : ` of ${groups.join(', ')}`
  return `It is token:${name}${of}, and is shown this once. ${until}\n`
}

function toText(tokens: readonly ApiToken[]): string {
  if (tokens.length === 0) return 'There are no tokens. Make one with: modelgate token create NAME\n'
  const rows = tokens.map(({ name, groups, createdAt, expiresAt, isExpired }) => [
    `token:${name}`,
    groups.join(',') || '-',
    createdAt.toISOString(),
    expiresAt === null ? 'never' : `${expiresAt.toISOString()}${isExpired ? ' (has expired)' : ''}`,
  ])
  return toTable([['PRINCIPAL', 'GROUPS', 'CREATED', 'EXPIRES'], ...rows])
}
