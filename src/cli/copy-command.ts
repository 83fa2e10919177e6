import { randomUUID } from 'node:crypto'
import { loadConfig } from '../config/index.ts'
import { printable } from '../config/printable.ts'
import { carryOut } from '../federation/commands/carry-out.ts'
import { originUri } from '../federation/copy/origin.ts'
import { InputError } from '../federation/errors/input-error.ts'
import { tellError } from '../federation/errors/tell-error.ts'
import type { FederatedVersion } from '../federation/records/records.ts'
import type { Federation } from '../federation/session/federation.ts'
import { Session } from '../federation/session/session.ts'
import type { Watch } from '../federation/write/progress.ts'
import { findVersion } from '../federation/write/still-itself.ts'
import { survivePlugIns } from '../plug-ins/survive-plug-ins.ts'
import { breakOffOnSignal } from './break-off.ts'
import { commandLineCaller } from './command-line-caller.ts'
import type { CommandTools } from './command-tools.ts'
import { createCopyProgress } from './copy-progress.ts'
import type { CopyWish } from './copy-wish.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { openOrExplain } from './open-or-explain.ts'
import { toJson } from './to-json.ts'
import { UsageError } from './usage-error.ts'

interface Copied {
  readonly version: FederatedVersion
  readonly uri: string
  readonly createdModel: boolean
}

export async function copy(wish: CopyWish, tools: CommandTools): Promise<ExitCode> {
  const { options } = wish
  if (options.url !== undefined) {
    if (options.config !== undefined)
      throw new UsageError('--url asks a gateway; leave out --config, which has registries.')
    return (await import('./copy-by-gateway.ts')).copyByGateway(options.url, wish, tools)
  }
  const { env, directory, builtIns, stdout, stderr } = tools
  const { log, hideSecretsOf } = openLog(options.logLevel, stderr)
  survivePlugIns(log)
  const config = await loadConfig({ file: options.config, env, directory, builtIns })
  hideSecretsOf(config)
  const idempotencyKey = options.idempotencyKey ?? randomUUID()
  const progress = createCopyProgress(stderr, options.json)
  const finish = `Finish it with --idempotency-key ${idempotencyKey}\n`
  const breakOff = breakOffOnSignal(
    stderr,
    () => {
      progress.clear()
      return 'Breaking off: what was copied is taken away again. Once more to stop at once.\n'
    },
    () => `Stopped at once; what was copied so far is still there. ${finish}`,
  )
  const opened = await openOrExplain(config, options, tools, log)
  if (opened === null) {
    breakOff.end()
    return exitCode.failure
  }
  try {
    const watch = { onProgress: progress.show, signal: breakOff.signal }
    const copied = await run(opened.federation, wish, idempotencyKey, watch)
    progress.clear()
    stdout.write(options.json ? toJson(factsOf(copied)) : toText(copied))
    return exitCode.ok
  } catch (error) {
    progress.clear()
    const told = tellError(error)
    if (told === null) throw error
    const { message, facts, nothingWritten } = told
    const isUnfinished = !nothingWritten
    const isBrokenOff = breakOff.code !== null && !isUnfinished
    const code = isBrokenOff ? 'BROKEN_OFF' : facts.code
    const problem = { ok: false, code, message, ...((isUnfinished || isBrokenOff) && { idempotencyKey }) }
    if (options.json) stdout.write(toJson(problem))
    else stderr.write(`${code}: ${printable(message)}\n`)
    if (isBrokenOff) stderr.write('Nothing was written. The same command copies it from the beginning.\n')
    if (isUnfinished || isBrokenOff) stderr.write(finish)
    // What a registry refuses could not be known from the command line alone.
    const isMistaken = facts.code === 'BAD_USER_INPUT' && facts.registry === undefined
    return breakOff.code ?? (isMistaken ? exitCode.usage : exitCode.failure)
  } finally {
    await opened.close()
    breakOff.end()
  }
}

async function run(
  federation: Federation,
  { source, destination, options }: CopyWish,
  idempotencyKey: string,
  watch: Watch,
): Promise<Copied> {
  const { signal } = new AbortController()
  const session = new Session(federation, {
    deadlineMs: null,
    signal,
    caller: commandLineCaller(),
    asGateway: true,
  })
  try {
    const command = {
      operation: 'copyModelVersion' as const,
      source: { kind: 'uri', registry: null, uri: source } as const,
      destination: parseDestination(destination),
      artifacts: options.artifacts === 'copy' ? ('COPY' as const) : ('REFERENCE' as const),
      tags: options.tag,
      idempotencyKey,
    }
    const written = await carryOut(session, command, watch)
    const { registry, createdModel } = written
    const made = await findVersion(session, written)
    if (made === null) throw new Error('The copy was made, and is gone already.')
    return { version: made, uri: await originUri(session.registry(registry), made), createdModel }
  } finally {
    session.end()
  }
}

function parseDestination(uri: string): { registry: string; name: string } {
  const [, registry, name] = /^models:\/\/([^/]+)\/(.+)$/s.exec(uri) ?? []
  if (registry !== undefined && name !== undefined) return { registry, name }
  throw new InputError('destination', `"${uri}" names no model: write models://REGISTRY/NAME.`)
}

function toText({ version, uri, createdModel }: Copied): string {
  const made = createdModel ? ', whose model was made with it' : ''
  const digest = version.digest === null ? '' : `Its files are ${printable(version.digest)}\n`
  return `${printable(`${uri} is a copy of ${version.source}${made}.`)}\n${digest}`
}

function factsOf({ version, uri, createdModel }: Copied): object {
  const { registry, modelName: model, version: number, source, digest, sizeBytes } = version
  const copied = { ok: true, uri, registry, model, version: number }
  return { ...copied, source, digest, sizeBytes, createdModel }
}
