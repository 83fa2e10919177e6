import { suggestName } from '../config/closest-name.ts'
import { ConfigError, type GatewayConfig, loadConfig } from '../config/index.ts'
import type { Logger } from '../contract/index.ts'
import { toReport } from './check-report.ts'
import type { CommandTools, Output } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { checkRegistry, type RegistryCheck } from './registry-check.ts'
import { createStatusLine } from './status-line.ts'
import { survivePlugIns } from './survive-plug-ins.ts'

export interface CheckOptions {
  readonly config?: string
  readonly registry?: string
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
  const { checks, databaseProblem } = await checkAll(config, options, tools, log)
  const ok = databaseProblem === null && checks.every((each) => each.ok)
  const database = { ok: databaseProblem === null, message: databaseProblem }
  stdout.write(
    options.json ? toJson({ ok, database, registries: checks }) : toReport(checks, databaseProblem),
  )
  return ok ? exitCode.ok : exitCode.failure
}

async function checkAll(
  config: GatewayConfig,
  { registry: only, json }: CheckOptions,
  { createConnector, findDatabaseProblem, stderr }: CommandTools,
  log: Logger,
): Promise<{ checks: RegistryCheck[]; databaseProblem: string | null }> {
  const connector = createConnector(config, log)
  const registries = config.registries.filter(({ name }) => only === undefined || name === only)
  const progress = createProgress(registries.length, stderr, json)
  try {
    const [databaseProblem, ...checks] = await Promise.all([
      findDatabaseProblem(config, log),
      ...registries.map(async (registry) => {
        const result = await checkRegistry(registry, config, connector, log)
        progress.advance()
        return result
      }),
    ])
    return { checks, databaseProblem }
  } finally {
    progress.clear()
    await connector.close()
  }
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

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
