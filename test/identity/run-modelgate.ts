import { runCommandLine } from '../../src/cli/index.ts'
import { builtInAdapters } from '../../src/gateway/connect-registry.ts'
import { openOwnFederation } from '../../src/gateway/open-federation.ts'
import { openTokens } from '../../src/gateway/open-tokens.ts'
import { createRegistryConnector } from '../../src/gateway/registry-connector.ts'
import { findDatabaseProblem } from '../../src/state/open-database.ts'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command as `modelgate` runs it, in a folder that has a configuration; its databases are its own. */
export async function runModelgateIn(
  directory: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const capture = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text
    },
  })
  const code = await runCommandLine(args, {
    version: '1.2.3',
    env,
    directory,
    stdout: capture('stdout'),
    stderr: capture('stderr'),
    builtIns: builtInAdapters,
    startGateway: () => {
      throw new Error('a gateway runs already')
    },
    findDatabaseProblem: (config, log) => findDatabaseProblem(config.database.url, { log }),
    createConnector: createRegistryConnector,
    openFederation: openOwnFederation,
    openTokens,
  })
  return { code, ...written }
}
