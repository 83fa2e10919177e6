import type { Adapter, Logger } from '../../../src/contract/index.ts'
import type { RegistrySettings } from '../../../src/federation/registry/registry-settings.ts'
import { CursorCodec } from '../../../src/federation/session/cursor.ts'
import { Environments } from '../../../src/federation/session/environments.ts'
import { Federation } from '../../../src/federation/session/federation.ts'
import type { Gate } from '../../../src/federation/session/gate.ts'
import type { Journal } from '../../../src/federation/session/journal.ts'
import type { ModelRule } from '../../../src/federation/session/model-rules.ts'
import type { Readers } from '../../../src/federation/session/readers.ts'
import { Session, type SessionOptions } from '../../../src/federation/session/session.ts'
import type { WriteCoordination } from '../../../src/federation/session/write-coordination.ts'
import type { VersionNotes } from '../../../src/stores/version-notes.ts'
import { createInMemoryCoordination } from './in-memory-coordination.ts'
import { createInMemoryNotes } from './in-memory-notes.ts'

const silentLog: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

interface Options {
  readonly environments?: readonly string[]
  readonly rules?: readonly ModelRule[]
  readonly key?: string
  readonly readBound?: number
  readonly settings?: Partial<RegistrySettings>
  /** Per registry; by default each is the environment of its name. */
  readonly environmentOf?: Record<string, string | null>
  readonly coordination?: WriteCoordination
  readonly notes?: VersionNotes
  readonly gate?: Gate
  readonly readers?: Readers
  readonly journal?: Journal
  readonly copyTimeoutMs?: number
  readonly copyMaxBytes?: number
  readonly copyStallMs?: number
  readonly log?: Logger
}

/** A federation over registries of tests, in the order of the keys. */
export function openFederation(
  registries: Record<string, { readonly adapter: Adapter }>,
  options: Options = {},
): Federation {
  const names = Object.keys(registries)
  return new Federation({
    registries: Object.entries(registries).map(([name, registry]) => ({
      settings: {
        name,
        adapter: 'stored',
        environment: options.environmentOf ? (options.environmentOf[name] ?? null) : name,
        readOnly: false,
        timeoutMs: 1000,
        maxConcurrency: 8,
        circuit: { failures: 5, probeIntervalMs: 200 },
        ...options.settings,
      },
      adapter: registry.adapter,
    })),
    environments: new Environments(
      options.environments ?? names,
      options.rules ?? [{ registry: '*', name: '{name}' }],
    ),
    cursors: new CursorCodec(Buffer.from(options.key ?? 'a key of tests')),
    readBound: options.readBound ?? 10_000,
    copyTimeoutMs: options.copyTimeoutMs ?? 60_000,
    copyMaxBytes: options.copyMaxBytes ?? 1e9,
    copyStallMs: options.copyStallMs ?? 60_000,
    coordination: options.coordination ?? createInMemoryCoordination(),
    notes: options.notes ?? createInMemoryNotes(),
    ...(options.gate && { gate: options.gate }),
    ...(options.readers && { readers: options.readers }),
    ...(options.journal && { journal: options.journal }),
    log: options.log ?? silentLog,
  })
}

export function openSession(federation: Federation, options: Partial<SessionOptions> = {}): Session {
  return new Session(federation, {
    deadlineMs: null,
    signal: new AbortController().signal,
    caller: null,
    ...options,
  })
}
