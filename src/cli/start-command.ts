import type { Logger as PinoLogger } from 'pino'
import { type GatewayConfig, loadConfig } from '../config/index.ts'
import { survivePlugIns } from '../plug-ins/survive-plug-ins.ts'
import { isLoopback } from '../server/loopback.ts'
import type { CommandTools, RunningGateway } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { explainListenError, explainMissingUrl, explainRefusal } from './listen-address.ts'
import { openLog } from './open-log.ts'
import { closeOnSignal } from './shutdown.ts'
import { announce } from './welcome.ts'

export interface StartOptions {
  readonly config?: string
  readonly port?: number
  readonly host?: string
  readonly empty: boolean
  readonly unsafeNoAuth: boolean
  readonly logLevel: string
  readonly logRequests: boolean
  readonly json: boolean
}

/** `null`: the gateway runs, until a signal comes. */
export async function start(options: StartOptions, tools: CommandTools): Promise<ExitCode | null> {
  const { env, directory, builtIns, stderr } = tools
  const { log, hideSecretsOf } = openLog(options.logLevel, stderr)
  survivePlugIns(log)
  const config = withOverrides(await loadConfig({ file: options.config, env, directory, builtIns }), options)
  hideSecretsOf(config)
  const { host } = config.server
  const isOpen = !isLoopback(host) && config.auth === null
  if (isOpen && !options.unsafeNoAuth) {
    stderr.write(`${explainRefusal(host)}\n`)
    return exitCode.usage
  }
  if (!isLoopback(host) && config.auth?.login && config.server.publicUrl === null) {
    stderr.write(`${explainMissingUrl(host)}\n`)
    return exitCode.usage
  }
  const gateway = await startOrExplain(config, options, tools, log)
  if (gateway === null) return exitCode.failure
  closeOnSignal(gateway, log)
  if (isOpen) log.warn({ host }, 'anyone who reaches this address can read and write every registry')
  await announce(gateway, config, options, tools)
  return null
}

function withOverrides(config: GatewayConfig, { host, port }: StartOptions): GatewayConfig {
  const { server } = config
  return { ...config, server: { ...server, host: host ?? server.host, port: port ?? server.port } }
}

async function startOrExplain(
  config: GatewayConfig,
  { empty, logRequests }: StartOptions,
  { startGateway, stderr }: CommandTools,
  log: PinoLogger,
): Promise<RunningGateway | null> {
  try {
    return await startGateway(config, { empty, log, logRequests })
  } catch (error) {
    const { host, port } = config.server
    const explained = explainListenError(error, host, port)
    if (explained === null) log.debug({ err: error }, 'the gateway did not start')
    stderr.write(`${explained ?? (error instanceof Error ? error.message : String(error))}\n`)
    return null
  }
}
