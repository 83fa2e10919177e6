import { readFileSync } from 'node:fs'
import { endProcess, ignoreClosedPipe, runCommandLine } from './cli/index.ts'
import { builtInAdapters } from './gateway/connect-registry.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string
}

for (const stream of [process.stdout, process.stderr]) ignoreClosedPipe(stream)
void run()

/** Not at the top, as there is no `await` in a script, which this is when it is built. */
async function run(): Promise<void> {
  const exitCode = await runCommandLine(process.argv.slice(2), {
    version,
    env: process.env,
    directory: process.cwd(),
    stdout: process.stdout,
    stderr: process.stderr,
    builtIns: builtInAdapters,
    // Loaded when they are needed, so that a command waits for what is its own.
    startGateway: async (config, options) =>
      (await import('./gateway/gateway.ts')).startGateway(config, options),
    findDatabaseProblem: async (config, log) =>
      (await import('./state/open-database.ts')).findDatabaseProblem(config.database.url, { log }),
    createConnector: async (config, log) =>
      (await import('./gateway/registry-connector.ts')).createRegistryConnector(config, log),
    openTokens: async (config, log) => (await import('./gateway/open-tokens.ts')).openTokens(config, log),
    openFederation: async (config, log) =>
      (await import('./gateway/open-federation.ts')).openOwnFederation(config, log),
  })
  if (exitCode !== null) await endProcess(exitCode)
}
