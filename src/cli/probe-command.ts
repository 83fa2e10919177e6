import { suggestName } from '../config/closest-name.ts'
import { loadConfig } from '../config/index.ts'
import { createMask } from '../config/secret-mask.ts'
import { survivePlugIns } from '../plug-ins/survive-plug-ins.ts'
import type { CommandTools } from './command-tools.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openLog } from './open-log.ts'
import { type ProbeResult, probeRegistry } from './probe/probe-registry.ts'
import { probeSource } from './probe-source.ts'
import { createStatusLine } from './status-line.ts'
import { toTable } from './text-table.ts'
import { toJson } from './to-json.ts'

export interface ProbeCommandOptions {
  readonly config?: string
  readonly registry?: string
  readonly probe: boolean
  readonly write: boolean
  readonly source?: string
  readonly logLevel: string
  readonly json: boolean
}

/** Tries a registry part by part: what `check --probe` does. */
export async function probe(options: ProbeCommandOptions, tools: CommandTools): Promise<ExitCode> {
  const { env, directory, builtIns, stdout, stderr } = tools
  if (options.registry === undefined) {
    stderr.write('Say with --registry which one to probe.\n')
    return exitCode.usage
  }
  const { log, hideSecretsOf } = openLog(options.logLevel, stderr)
  survivePlugIns(log)
  const config = await loadConfig({ file: options.config, env, directory, builtIns })
  hideSecretsOf(config)
  const registry = config.registries.find(({ name }) => name === options.registry)
  if (registry === undefined || registry.broken !== null) {
    const names = config.registries.map(({ name }) => name)
    const reason = registry?.broken ?? suggestName(options.registry, names)
    stderr.write(`There is no registry "${options.registry}" that can be probed; ${reason}\n`)
    return exitCode.usage
  }
  if (options.write && registry.readOnly) {
    stderr.write(`"${registry.name}" is readOnly in the configuration; leave out --write.\n`)
    return exitCode.usage
  }
  const connector = await tools.createConnector(config, log)
  const line = createStatusLine(stderr, options.json)
  const mask = createMask(registry, config.environmentValues)
  try {
    const adapter = await connector.connect(registry)
    const { write, source = probeSource } = options
    const results = await probeRegistry(adapter, {
      write,
      source,
      timeoutMs: registry.timeoutMs,
      log,
      onResult: ({ step }) => line.show(`Tried to ${step}`),
    })
    await adapter.close()
    line.clear()
    const isWell = results.every(({ state }) => state !== 'WRONG')
    const shown = results.map((result) => ({ ...result, detail: mask(result.detail) }))
    stdout.write(options.json ? toJson({ ok: isWell, steps: shown }) : toText(shown, isWell))
    return isWell ? exitCode.ok : exitCode.failure
  } finally {
    line.clear()
    await connector.close()
  }
}

function toText(results: readonly ProbeResult[], isWell: boolean): string {
  const rows = results.map(({ step, state, milliseconds, requests, detail }) => [
    state,
    step,
    `${milliseconds} ms`,
    String(requests),
    detail,
  ])
  const table = toTable([['STATE', 'STEP', 'TIME', 'REQUESTS', 'FOUND'], ...rows])
  return `${table}\n${isWell ? 'All that could be tried works.' : 'Something is wrong.'}\n`
}
