import type { Logger as PinoLogger } from 'pino'
import type { GatewayConfig } from '../config/index.ts'
import { printable } from '../config/printable.ts'
import { tellError } from '../federation/errors/tell-error.ts'
import type { CommandTools, OpenFederation } from './command-tools.ts'
import { toJson } from './to-json.ts'

/** `null`: it was said why not. */
export async function openOrExplain(
  config: GatewayConfig,
  { json }: { readonly json: boolean },
  { openFederation, stdout, stderr }: CommandTools,
  log: PinoLogger,
): Promise<OpenFederation | null> {
  try {
    return await openFederation(config, log)
  } catch (error) {
    log.debug({ err: error }, 'the registries could not be opened')
    const { code, message } = toProblem(error)
    if (json) stdout.write(toJson({ ok: false, code, message }))
    else stderr.write(`${code}: ${printable(message)}\n`)
    return null
  }
}

function toProblem(error: unknown): { readonly code: string; readonly message: string } {
  const told = tellError(error)
  if (told) return { code: told.facts.code, message: told.message }
  return { code: 'INTERNAL_SERVER_ERROR', message: error instanceof Error ? error.message : String(error) }
}
