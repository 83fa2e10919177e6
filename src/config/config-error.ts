import { printable } from './printable.ts'

export interface ConfigProblem {
  /** As a person would write it: relative to where the command runs, when it lies there. */
  readonly file: string
  readonly line: number
  readonly column: number
  /** Such as `registries[1].url`; empty when the file as a whole is meant. */
  readonly key: string
  /** What is wrong; what to write instead. */
  readonly message: string
}

/** Every problem of a configuration, in the order of the file. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]

  constructor(problems: readonly ConfigProblem[]) {
    const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
    super(sorted.map(toLine).join('\n'))
    this.name = 'ConfigError'
    this.problems = sorted
  }
}

function toLine({ file, line, column, key, message }: ConfigProblem): string {
  return `${file}:${line}:${column} ${key === '' ? '' : `${key}: `}${printable(message)}`
}
