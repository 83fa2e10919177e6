import { CommanderError } from 'commander'
import { ConfigError } from '../config/config-error.ts'
import type { CommandTools } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { createProgram } from './program.ts'
import { UsageError } from './usage-error.ts'

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
