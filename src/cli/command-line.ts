import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { ConfigError } from '../config/config-error.ts'
import type { CheckOptions } from './check-command.ts'
import type { CommandTools } from './command-tools.ts'
import type { ConformanceCommandOptions } from './conformance-command.ts'
import type { CopyOptions } from './copy-wish.ts'
import type { CreateAdapterOptions } from './create-adapter-command.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import {
  checkHelp,
  conformanceHelp,
  copyHelp,
  createAdapterHelp,
  mainHelp,
  startHelp,
  syncHelp,
  tokenHelp,
} from './help-text.ts'
import type { ProbeCommandOptions } from './probe-command.ts'
import { probeSource } from './probe-source.ts'
import type { StartOptions } from './start-command.ts'
import type { SyncOptions } from './sync-command.ts'
import type { TokenCreateOptions, TokenOptions } from './token-command.ts'
import { UsageError } from './usage-error.ts'

const secondsOfADay = 86_400
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

/** Runs one command, and loads nothing of the others. `null`: the gateway is up, and its signals decide when the process ends. */
export async function runCommandLine(args: readonly string[], tools: CommandTools): Promise<ExitCode | null> {
  let result: ExitCode | null = exitCode.ok
  const program = createProgram(tools, {
    start: async (options) => {
      result = await (await import('./start-command.ts')).start(options, tools)
    },
    check: async (options) => {
      if (options.write && !options.probe)
        throw new UsageError('--write is only for --probe; add it, or leave out --write.')
      if (options.source !== undefined && !options.write) {
        throw new UsageError('--source is only for --probe --write; add them, or leave it out.')
      }
      result = options.probe
        ? await (await import('./probe-command.ts')).probe(options, tools)
        : await (await import('./check-command.ts')).check(options, tools)
    },
    copy: async (source, destination, options) => {
      result = await (await import('./copy-command.ts')).copy({ source, destination, options }, tools)
    },
    conformance: async (adapter, options) => {
      result = await (await import('./conformance-command.ts')).conformance(adapter, options, tools)
    },
    sync: async (options) => {
      result = await (await import('./sync-command.ts')).sync(options, tools)
    },
    createToken: async (name, options) => {
      result = await (await import('./token-command.ts')).createToken(name, options, tools)
    },
    listTokens: async (options) => {
      result = await (await import('./token-command.ts')).listTokens(options, tools)
    },
    revokeToken: async (name, options) => {
      result = await (await import('./token-command.ts')).revokeToken(name, options, tools)
    },
    createAdapter: async (name, options) => {
      result = await (await import('./create-adapter-command.ts')).createAdapter(name, options, tools)
    },
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return result
  } catch (error) {
    // Commander has said what is wrong already; its own code for that is 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
    if (error instanceof ConfigError || error instanceof UsageError) {
      tools.stderr.write(`${error.message}\n`)
      return exitCode.usage
    }
    throw error
  }
}

interface Actions {
  start(options: StartOptions): Promise<void>
  check(options: CheckOptions & ProbeCommandOptions): Promise<void>
  sync(options: SyncOptions): Promise<void>
  copy(source: string, destination: string, options: CopyOptions): Promise<void>
  conformance(adapter: string | undefined, options: ConformanceCommandOptions): Promise<void>
  createAdapter(name: string, options: CreateAdapterOptions): Promise<void>
  createToken(name: string, options: TokenCreateOptions): Promise<void>
  listTokens(options: TokenOptions): Promise<void>
  revokeToken(name: string, options: TokenOptions): Promise<void>
}

function createProgram(tools: CommandTools, actions: Actions): Command {
  const program = new Command('modelgate')
    .description('One GraphQL endpoint for every model registry.')
    .version(tools.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => tools.stdout.write(text),
      writeErr: (text) => tools.stderr.write(text),
    })
    .addHelpText('after', mainHelp)
  addStart(program).action(actions.start)
  addCheck(program).action(actions.check)
  addCopy(program).action(actions.copy)
  addSync(program).action(actions.sync)
  addConformance(program).action(actions.conformance)
  addCreateAdapter(program).action(actions.createAdapter)
  addToken(program, actions)
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.showHelpAfterError(`Run "${commandPath(command)} --help" for what there is.`)
  }
  return program
}

function addStart(program: Command): Command {
  return program
    .command('start')
    .description('start the gateway')
    .option('--config <file>', 'the configuration (default: modelgate.yaml, when it is there)')
    .option('--port <number>', 'the port, before server.port; 0 is any that is free', toPort)
    .option('--host <address>', 'the address to listen on, before server.host')
    .option('--empty', 'leave the embedded registries without the sample fleet', false)
    .option('--unsafe-no-auth', 'allow an address that others can reach, without authentication', false)
    .addOption(logLevelOption('info'))
    .option('--log-requests', 'log a line for each request, at info', false)
    .option('--json', 'print one JSON document instead of text', false)
    .addHelpText('after', startHelp)
}

function addCheck(program: Command): Command {
  return program
    .command('check')
    .description('connect to each registry and say what works and what is wrong')
    .option('--config <file>', 'the configuration (default: modelgate.yaml, when it is there)')
    .option('--registry <name>', 'check this one only')
    .option('--forget <id>', 'give up what a write has left behind, when you have dealt with it yourself')
    .option('--probe', 'try all that can be read of it, one after the other', false)
    .option(
      '--write',
      'with --probe: make a model there, try what can be written, and delete it again',
      false,
    )
    .option('--source <uri>', `with --write: what its version is made from (default: ${probeSource})`)
    .addOption(logLevelOption('silent'))
    .option('--json', 'print one JSON document instead of a table', false)
    .addHelpText('after', checkHelp)
}

function addCopy(program: Command): Command {
  return program
    .command('copy')
    .description('copy a version to another model or registry')
    .argument('<source>', 'models://REGISTRY/NAME/VERSION, or @ALIAS, /STAGE, /latest')
    .argument('<destination>', 'models://REGISTRY/NAME; the model is made when it is not there')
    .option('--config <file>', 'the configuration (default: modelgate.yaml, when it is there)')
    .option('--url <url>', 'a running gateway that is to do it, as whoever MODELGATE_TOKEN is')
    .addOption(
      new Option('--artifacts <mode>', 'refer to the files where they are, or copy them along')
        .choices(['reference', 'copy'])
        .default('reference'),
    )
    .option('--tag <key=value>', 'a tag of the copy, as often as needed', toTags, [])
    .option('--idempotency-key <key>', 'finish the copy that was begun with this key')
    .addOption(logLevelOption('silent'))
    .option('--json', 'print one JSON document instead of text', false)
    .addHelpText('after', copyHelp)
}

function addSync(program: Command): Command {
  return program
    .command('sync')
    .description('read registries into the catalog')
    .option('--config <file>', 'the configuration (default: modelgate.yaml, when it is there)')
    .option('--registry <name>', 'this one only')
    .option('--full', 'read it whole, whatever it can tell of changes', false)
    .addOption(logLevelOption('silent'))
    .option('--json', 'print one JSON document instead of a table', false)
    .addHelpText('after', syncHelp)
}

function addCreateAdapter(program: Command): Command {
  return program
    .command('create-adapter')
    .description('make a project for a registry of your own')
    .argument('<name>', 'of the adapter, its package and its folder')
    .option('--json', 'print one JSON document instead of text', false)
    .addHelpText('after', createAdapterHelp)
}

function addToken(program: Command, actions: Actions): void {
  const token = program
    .command('token')
    .description('make, list and revoke the API tokens of a gateway')
    .helpCommand(false)
    .addHelpText('after', tokenHelp)
  const add = (name: string, description: string) =>
    token
      .command(name)
      .description(description)
      .option('--config <file>', 'the configuration (default: modelgate.yaml, when it is there)')
      .addOption(logLevelOption('silent'))
      .option('--json', 'print one JSON document instead of text', false)
  add('create', 'make a token, and print it this once')
    .argument('<name>', 'what it is called: its principal is token:NAME')
    .option('--groups <names>', 'the groups it belongs to, such as fraud,platform', toIds, [])
    .option(
      '--expires <time>',
      'how long it holds, such as 90d, 12h or 30m (default: for ever)',
      toMilliseconds,
      null,
    )
    .action(actions.createToken)
  add('list', 'print what tokens there are, and no token').action(actions.listTokens)
  add('revoke', 'make a token worth nothing, in running gateways too')
    .argument('<name>', 'what it is called')
    .action(actions.revokeToken)
}

function addConformance(program: Command): Command {
  return program
    .command('conformance')
    .description('check an adapter against the contract, on a real backend')
    .argument('[adapter]', 'the path of a module, an installed package, or a built-in adapter')
    .option('--config <file>', "the adapter's own options; with --registry, the gateway's configuration")
    .option('--registry <name>', 'a registry of the configuration, in place of an adapter')
    .option('--only <ids>', 'checks or groups of them, such as MG-PAGE-001,MG-ORDER', toIds)
    .addOption(
      new Option('--effort <effort>', 'try samples, or every row (default: full)').choices(['quick', 'full']),
    )
    .option('--timeout <seconds>', 'for one check, for connect and for close (default: 60)', toSeconds)
    .option('--list', 'print the checks, and run none', false)
    .addOption(logLevelOption('silent'))
    .option('--json', 'print one JSON document instead of a table', false)
    .addHelpText('after', conformanceHelp)
}

function logLevelOption(level: string): Option {
  return new Option('--log-level <level>', 'how much to log, to stderr').choices(logLevels).default(level)
}

function toPort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Write a number from 0 to 65535.')
  return port
}

function toSeconds(text: string): number {
  const seconds = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || seconds === 0 || seconds > secondsOfADay)
    throw new InvalidArgumentError(`Write a number of seconds, up to ${secondsOfADay}.`)
  return seconds
}

const millisecondsOf: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const mostDays = 36_500

function toMilliseconds(text: string): number {
  const [, count, unit = ''] = /^(\d{1,9})([mhd])$/.exec(text) ?? []
  const milliseconds = Number(count) * (millisecondsOf[unit] ?? Number.NaN)
  if (!(milliseconds > 0) || milliseconds > mostDays * 86_400_000) {
    throw new InvalidArgumentError('Write a number and m, h or d, such as 90d; up to 36500d.')
  }
  return milliseconds
}

function toTags(text: string, before: { key: string; value: string }[]) {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (key === undefined || value === undefined) throw new InvalidArgumentError('Write KEY=VALUE.')
  return [...before, { key, value }]
}

function toIds(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').flatMap((id) => (id.trim() === '' ? [] : [id.trim()]))]
}

function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`
}
