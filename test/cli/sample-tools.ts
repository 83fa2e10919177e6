import { z } from 'zod'
import type { CommandTools } from '../../src/cli/index.ts'
import { runCommandLine } from '../../src/cli/index.ts'
import { type Adapter, defineAdapter, type RegistryDescription } from '../../src/contract/index.ts'
import { createDirectory } from '../config/sample-directory.ts'

export const sampleDescription: RegistryDescription = {
  serverVersion: '3.17.2',
  levels: {
    aliases: 'NATIVE',
    stages: 'EMULATED',
    runs: 'NATIVE',
    artifacts: 'NONE',
    compareAndSet: 'NONE',
    idempotency: 'NONE',
  },
  stages: ['None', 'Production'],
  integerVersions: true,
  naming: {
    modelName: null,
    alias: null,
    tagKey: null,
    tagValue: null,
    tagValueMaxLength: null,
    description: null,
  },
  pushedDownFilters: [],
  pushedDownOrders: [],
  notices: [],
}

const unused = async (): Promise<never> => {
  throw new Error('commands do not read')
}

export function createSampleAdapter(members: Partial<Adapter> = {}): Adapter {
  return {
    describe: async () => sampleDescription,
    health: async () => {},
    models: { get: unused, list: unused },
    versions: { get: unused, list: unused, ofModels: unused, latest: unused },
    aliases: { resolve: unused },
    runs: { get: unused },
    close: async () => {},
    ...members,
  }
}

const configSchema = z.strictObject({
  url: z.string().optional(),
  auth: z.strictObject({ bearer: z.string() }).optional(),
})

export interface RunOptions extends Partial<Omit<CommandTools, 'stdout' | 'stderr'>> {
  readonly config?: string
  /** Others beside it, by name. */
  readonly files?: Readonly<Record<string, string>>
  /** By the registry's name. */
  readonly adapters?: Record<string, Adapter>
  readonly isTTY?: boolean
}

export interface RunResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command line within this process. */
export async function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { config, files = {}, adapters = {}, isTTY = false, ...tools } = options
  const written = { stdout: '', stderr: '' }
  const capture = (name: keyof typeof written) => ({
    isTTY,
    write: (text: string) => {
      written[name] += text
    },
  })
  const connect = (_: unknown, { registry }: { registry: string }) =>
    adapters[registry] ?? createSampleAdapter()
  const definition = (name: string) => defineAdapter({ contractVersion: 1, name, configSchema, connect })
  const code = await runCommandLine(args, {
    version: '1.2.3',
    env: {},
    directory: createDirectory({ ...files, ...(config === undefined ? {} : { 'modelgate.yaml': config }) }),
    builtIns: { local: definition('local'), mlflow: definition('mlflow') },
    startGateway: async () => {
      throw new Error('not expected to start')
    },
    findDatabaseProblem: async () => null,
    createConnector: (_, log) => ({
      connect: async ({ definition, options, name }) => definition.connect(options, { registry: name, log }),
      cleanUps: async () => null,
      close: async () => {},
    }),
    openFederation: async () => {
      throw new Error('not expected to open a federation')
    },
    openTokens: async () => {
      throw new Error('not expected to open tokens')
    },
    ...tools,
    stdout: capture('stdout'),
    stderr: capture('stderr'),
  })
  return { code, ...written }
}
