import { Command, Option } from 'commander'
import type { CheckOptions } from './check-command.ts'
import type { CommandTools } from './command-tools.ts'
import type { ConformanceCommandOptions } from './conformance-command.ts'
import type { CopyOptions } from './copy-wish.ts'
import type { CreateAdapterOptions } from './create-adapter-command.ts'
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
import { toIds, toMilliseconds, toPort, toSeconds, toTags } from './option-values.ts'
import type { ProbeCommandOptions } from './probe-command.ts'
import { probeSource } from './probe-source.ts'
import type { StartOptions } from './start-command.ts'
import type { SyncOptions } from './sync-command.ts'
import type { TokenCreateOptions, TokenOptions } from './token-command.ts'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent']

/** What each command does. */
export interface Actions {
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

/** The commands, their options, and what is printed of them. */
export function createProgram(tools: CommandTools, actions: Actions): Command {
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
    .addOption(configOption())
    .option('--port <number>', 'the port, before server.port; 0 is any that is free', toPort)
    .option('--host <address>', 'the address to listen on, before server.host')
    .option('--empty', 'leave the embedded registries without the sample fleet', false)
    .option('--unsafe-no-auth', 'allow an address that others can reach, without authentication', false)
    .addOption(logLevelOption('info'))
    .option('--log-requests', 'log a line for each request, at info', false)
    .addOption(jsonOption('text'))
    .addHelpText('after', startHelp)
}

function addCheck(program: Command): Command {
  return program
    .command('check')
    .description('connect to each registry and say what works and what is wrong')
    .addOption(configOption())
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
    .addOption(jsonOption('a table'))
    .addHelpText('after', checkHelp)
}

function addCopy(program: Command): Command {
  return program
    .command('copy')
    .description('copy a version to another model or registry')
    .argument('<source>', 'models://REGISTRY/NAME/VERSION, or @ALIAS, /STAGE, /latest')
    .argument('<destination>', 'models://REGISTRY/NAME; the model is made when it is not there')
    .addOption(configOption())
    .option('--url <url>', 'a running gateway that is to do it, as whoever MODELGATE_TOKEN is')
    .addOption(
      new Option('--artifacts <mode>', 'refer to the files where they are, or copy them along')
        .choices(['reference', 'copy'])
        .default('reference'),
    )
    .option('--tag <key=value>', 'a tag of the copy, as often as needed', toTags, [])
    .option('--idempotency-key <key>', 'finish the copy that was begun with this key')
    .addOption(logLevelOption('silent'))
    .addOption(jsonOption('text'))
    .addHelpText('after', copyHelp)
}

function addSync(program: Command): Command {
  return program
    .command('sync')
    .description('read registries into the catalog')
    .addOption(configOption())
    .option('--registry <name>', 'this one only')
    .option('--full', 'read it whole, whatever it can tell of changes', false)
    .addOption(logLevelOption('silent'))
    .addOption(jsonOption('a table'))
    .addHelpText('after', syncHelp)
}

function addCreateAdapter(program: Command): Command {
  return program
    .command('create-adapter')
    .description('make a project for a registry of your own')
    .argument('<name>', 'of the adapter, its package and its folder')
    .addOption(jsonOption('text'))
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
      .addOption(configOption())
      .addOption(logLevelOption('silent'))
      .addOption(jsonOption('text'))
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
    .addOption(jsonOption('a table'))
    .addHelpText('after', conformanceHelp)
}

function configOption(): Option {
  return new Option('--config <file>', 'the configuration (default: modelgate.yaml, when it is there)')
}

function jsonOption(instead: string): Option {
  return new Option('--json', `print one JSON document instead of ${instead}`).default(false)
}

function logLevelOption(level: string): Option {
  return new Option('--log-level <level>', 'how much to log, to stderr').choices(logLevels).default(level)
}

function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`
}
