import { type Logger, pino } from 'pino'
import { type GatewayConfig, secretsOf } from '../config/index.ts'
import { maskTexts } from '../contract/index.ts'
import type { Output } from './command-tools.ts'
import { describeError } from './describe-error.ts'

export interface CommandLog {
  readonly log: Logger
  /** From now on, no line holds what this configuration keeps secret. */
  hideSecretsOf(config: GatewayConfig): void
}

/** JSON has its own escapes for the first thirty-two only. */
const leftByJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
const textsOfLine = /"(?:[^"\\]|\\.)*"(:?)/g

/** The log of a command: JSON lines, with the level in words, whose texts may be words of registries and plug-ins, and go to terminals too. */
export function openLog(level: string, output: Output): CommandLog {
  let secrets: readonly string[] = []
  const write = (line: string) => {
    const masked =
      secrets.length === 0
        ? line
        : line.replace(textsOfLine, (text, isKey) => (isKey ? text : maskTexts(text, secrets)))
    output.write(masked.replace(leftByJson, toEscape))
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
      secrets = secretsOf(config).map((secret) => JSON.stringify(secret).slice(1, -1))
    },
  }
}

function toEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
