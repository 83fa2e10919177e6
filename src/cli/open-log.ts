import { type Logger, pino } from 'pino'
import { type GatewayConfig, secretsOf } from '../config/index.ts'
import { toMask } from '../contract/mask-texts.ts'
import type { Output } from './command-tools.ts'
import { describeError } from './describe-error.ts'
import { escapeAll } from './to-json.ts'

export interface CommandLog {
  readonly log: Logger
  /** From now on, no line holds what this configuration keeps secret. */
  hideSecretsOf(config: GatewayConfig): void
}

const textsOfLine = /"(?:[^"\\]|\\.)*"(:?)/g

/** The log of a command: JSON lines, with the level in words, whose texts may be words of registries and plug-ins, and go to terminals too. */
export function openLog(level: string, output: Output): CommandLog {
  let mask: ((text: string) => string) | null = null
  const write = (line: string) => {
    const masked = line.replace(textsOfLine, (text, isKey) => (isKey || !mask ? text : maskText(text, mask)))
    output.write(escapeAll(masked))
  }
  return {
    log: pino(
      {
        level,
        base: { pid: process.pid },
        formatters: { level: (label) => ({ level: label }) },
        serializers: { err: (error: unknown) => describeError(error) },
      },
      { write },
    ),
    hideSecretsOf(config) {
      mask = toMask(secretsOf(config))
    },
  }
}

/** As it is read, not as JSON spells it. */
function maskText(json: string, mask: (text: string) => string): string {
  const text = JSON.parse(json) as string
  const masked = mask(text)
  return masked === text ? json : JSON.stringify(masked)
}
