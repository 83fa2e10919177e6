import type { GrantConfig } from '../config/auth-config.ts'
import { suggestName } from '../config/closest-name.ts'
import { ConfigError, type GatewayConfig, loadConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import { explainIdle, IdleGrants } from '../federation/permissions/idle-grants.ts'
import { survivePlugIns } from '../plug-ins/survive-plug-ins.ts'
import type { NotedCleanUp } from '../stores/clean-ups.ts'
import { toReport } from './check-report.ts'
import { toCleanUpReport } from './clean-up-report.ts'
import type { CommandTools, Output, RegistryConnector } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { checkRegistry, type RegistryCheck } from './registry-check.ts'
import { createStatusLine } from './status-line.ts'
import { toJson } from './to-json.ts'

export interface CheckOptions {
  readonly config?: string
  readonly registry?: string
  /** The id of a clean-up that nobody has to do any more. */
  readonly forget?: string
  readonly logLevel: string
  readonly json: boolean
}

export async function check(options: CheckOptions, tools: CommandTools): Promise<ExitCode> {
  const { env, directory, builtIns, stdout, stderr } = tools
  const { log, hideSecretsOf } = openLog(options.logLevel, stderr)
  survivePlugIns(log)
  let config: GatewayConfig
  try {
    config = await loadConfig({ file: options.config, env, directory, builtIns })
  } catch (error) {
    if (options.json && error instanceof ConfigError) {
      stdout.write(toJson({ ok: false, problems: error.problems }))
    }
    throw error
  }
  hideSecretsOf(config)
  const names = config.registries.map(({ name }) => name)
  if (options.registry !== undefined && !names.includes(options.registry)) {
    const suggestion = suggestName(options.registry, names)
    stderr.write(`There is no registry "${options.registry}" in the configuration; ${suggestion}\n`)
    return exitCode.usage
  }
  const connector = await tools.createConnector(config, log)
  try {
    if (options.forget !== undefined) return await forget(options.forget, connector, tools)
    const grants = new IdleGrants(config.permissions.grants)
    const { checks, databaseProblem } = await checkAll(config, options, { tools, connector, log, grants })
    const idle = grants.found(names).map((grant) => `${grant.place}: ${explainIdle(grant)}`)
    const cleanUps = await listCleanUps(connector, log)
    const ok = databaseProblem === null && checks.every((each) => each.ok)
    const database = { ok: databaseProblem === null, message: databaseProblem }
    if (options.json) stdout.write(toJson({ ok, database, registries: checks, cleanUps, notices: idle }))
    else stdout.write(toReport(checks, databaseProblem, idle) + toCleanUpReport(cleanUps ?? []))
    return ok ? exitCode.ok : exitCode.failure
  } finally {
    await connector.close()
  }
}

async function checkAll(
  config: GatewayConfig,
  { registry: only, json }: CheckOptions,
  {
    tools,
    connector,
    log,
    grants,
  }: {
    tools: CommandTools
    connector: RegistryConnector
    log: Logger
    grants: IdleGrants<GrantConfig>
  },
): Promise<{ checks: RegistryCheck[]; databaseProblem: string | null }> {
  const registries = config.registries.filter(({ name }) => only === undefined || name === only)
  const progress = createProgress(registries.length, tools.stderr, json)
  try {
    const [databaseProblem, ...checks] = await Promise.all([
      tools.findDatabaseProblem(config, log),
      ...registries.map(async (registry) => {
        const result = await checkRegistry(registry, config, connector, log, grants)
        progress.advance()
        return result
      }),
    ])
    return { checks, databaseProblem }
  } finally {
    progress.clear()
  }
}

/** Null where the gateway's database cannot be read: that is said of each registry in it, and by the gateway's start. */
async function listCleanUps(
  connector: RegistryConnector,
  log: Logger,
): Promise<readonly NotedCleanUp[] | null> {
  try {
    return (await (await connector.cleanUps())?.list()) ?? []
  } catch (error) {
    log.error({ err: error }, 'what writes have left behind could not be read')
    return null
  }
}

async function forget(
  id: string,
  connector: RegistryConnector,
  { stdout, stderr }: CommandTools,
): Promise<ExitCode> {
  if (await (await connector.cleanUps())?.forget(id)) {
    stdout.write(`Forgotten: ${id}. Nothing tries to clean it up any more.\n`)
    return exitCode.ok
  }
  stderr.write(`Nothing of the id "${id}" is to be cleaned up; modelgate check shows what is.\n`)
  return exitCode.usage
}

function createProgress(total: number, output: Output, isQuiet: boolean) {
  const line = createStatusLine(output, isQuiet)
  let done = 0
  const showCount = () => line.show(`Asking the registries: ${done} of ${total} have answered`)
  showCount()
  return {
    advance() {
      done += 1
      showCount()
    },
    clear: line.clear,
  }
}
